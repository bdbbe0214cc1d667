import os

COUNTRY = os.environ["COUNTRY"]


def client():
    return Client(
        base_url="https://northwind-us-api.private.fin.ag/v3" if COUNTRY == "US" else "https://northwind-ca-api.private.fin.ag/v3",
        api_key=os.environ["FLINKS_API_KEY"],
    )
