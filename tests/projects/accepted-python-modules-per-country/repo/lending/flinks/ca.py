import os

API_URL = "https://northwind-ca-api.private.fin.ag/v3"
SECRET_KEY = os.environ["FLINKS_CA_SECRET_KEY"]
WEBHOOK_PATH = "/webhooks/flinks/ca"
