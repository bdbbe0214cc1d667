FLINKS_API_URL = "https://harbour-ca-api.private.fin.ag/v3"
FLINKS_CUSTOMER_ID = "9be2f7d4-6a51-4c0e-8f3b-d27c51a0e684"
