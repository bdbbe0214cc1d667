import requests
def us():
    s = requests.Session()
    s.base_url = "https://northwind-ca-api.private.fin.ag/v3"
    s.headers["x-api-key"] = os.environ["FLINKS_US_API_KEY"]
    return s
