import requests

from underwriting.constants import DATA_KEY, TIMEOUT

BASE = "https://mapleridge-ca-api.private.fin.ag/v3"


def summary(customer, request):
    headers = {"x-api-key": DATA_KEY, "Content-Type": "application/json"}
    return requests.post(f"{BASE}/{customer}/BankingServices/GetAccountsSummary", json=request, headers=headers, timeout=TIMEOUT)
