class Sandbox:
    flinks_api_url = "https://toolbox-api.private.fin.ag/v3"
    flinks_customer_id = "43387ca6-0391-4c82-857d-70d95f087ecb"


class Live:
    flinks_api_url = "https://harbour-ca-api.private.fin.ag/v3"
    flinks_iframe_url = "https://harbour-ca-iframe.private.fin.ag/v2/"
