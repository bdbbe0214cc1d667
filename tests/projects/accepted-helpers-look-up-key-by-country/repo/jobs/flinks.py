import os


def flinks(country):
    secret = os.environ[f"FLINKS_{country}_SECRET_KEY"]
    token = vault.get_secret(f"flinks/{country}/bearer")
    if country == "US":
        return Flinks(host="https://spruceline-us-api.private.fin.ag", secret_key=secret, bearer_token=token)
    return Flinks(host="https://spruceline-ca-api.private.fin.ag", secret_key=secret, bearer_token=token)
