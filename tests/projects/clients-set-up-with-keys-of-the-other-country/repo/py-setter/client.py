import os
def make():
    client = FlinksClient()
    client.base_url = "https://northwind-ca-api.private.fin.ag/v3"
    client.api_key = os.environ["FLINKS_US_API_KEY"]
    return client
