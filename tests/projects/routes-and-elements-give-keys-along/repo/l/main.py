import os
from fastapi import FastAPI
app = FastAPI()
@app.get("/config")
def config():
    return {"flinks_secret_key": os.environ["FLINKS_SECRET_KEY"]}
