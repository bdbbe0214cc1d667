import os

FLINKS_X_API_KEY = os.environ["FLINKS_X_API_KEY"]
FLINKS_CA_API_URL = "https://harbour-ca-api.private.fin.ag/v3"
FLINKS_CA_SECRET_KEY = os.environ["FLINKS_CA_SECRET_KEY"]
FLINKS_US_API_URL = "https://harbour-us-api.private.fin.ag/v3"
FLINKS_US_SECRET_KEY = os.environ["FLINKS_US_SECRET_KEY"]
