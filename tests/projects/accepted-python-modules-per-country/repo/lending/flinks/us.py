import os

API_URL = "https://northwind-us-api.private.fin.ag/v3"
SECRET_KEY = os.environ["FLINKS_US_SECRET_KEY"]
WEBHOOK_PATH = "/webhooks/flinks/us"
