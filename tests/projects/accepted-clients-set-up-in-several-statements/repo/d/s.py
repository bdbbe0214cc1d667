import requests
def make(country):
    s = requests.Session()
    if country == "US":
        s.base_url = "https://northwind-us-api.private.fin.ag/v3"
        s.headers["x-api-key"] = os.environ["FLINKS_US_API_KEY"]
    else:
        s.base_url = "https://northwind-ca-api.private.fin.ag/v3"
        s.headers["x-api-key"] = os.environ["FLINKS_CA_API_KEY"]
    return s
