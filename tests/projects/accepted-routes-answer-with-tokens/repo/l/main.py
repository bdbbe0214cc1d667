import os, requests
from fastapi import FastAPI
app = FastAPI()
HEADERS = {"flinks-auth-key": os.environ["FLINKS_SECRET_KEY"]}
@app.get("/token")
def token():
    answer = requests.post(os.environ["FLINKS_API_URL"], headers=HEADERS)
    return {"token": answer.json()["Token"], "customer_id": os.environ["FLINKS_CUSTOMER_ID"]}
def settings():
    return {"flinks_secret_key": os.environ["FLINKS_SECRET_KEY"]}
