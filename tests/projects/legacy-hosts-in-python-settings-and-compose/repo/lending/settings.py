FLINKS_API_URL = "https://harbour-api.private.fin.ag/v3"
FLINKS_CONNECT_URL = "https://harbour-iframe.private.fin.ag/v2/"
