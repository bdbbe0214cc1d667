import os
import urllib.request


def accounts(country):
    if country == "US":
        request = urllib.request.Request("https://northwind-us-api.private.fin.ag/v3/accounts")
        request.add_header("x-api-key", os.environ["FLINKS_US_X_API_KEY"])
    else:
        request = urllib.request.Request("https://northwind-ca-api.private.fin.ag/v3/accounts")
        request.add_header("x-api-key", os.environ["FLINKS_US_X_API_KEY"])
    return urllib.request.urlopen(request)
