import os
def f(client):
    client.base_url = "https://northwind-ca-api.private.fin.ag/v3"
    client.secret_key = os.environ["FLINKS_CA_SECRET_KEY"]
    run(client)
    client.base_url = "https://northwind-us-api.private.fin.ag/v3"
    client.secret_key = os.environ["FLINKS_US_SECRET_KEY"]
    run(client)
