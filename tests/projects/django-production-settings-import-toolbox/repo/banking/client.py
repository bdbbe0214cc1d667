import requests
from django.conf import settings


def authorize(login_id: str) -> dict:
    """Opens a session; https://toolbox-api.private.fin.ag/v3 has fake banks."""
    url = f"{settings.FLINKS_API_URL}/{settings.FLINKS_CUSTOMER_ID}/BankingServices/Authorize"
    return requests.post(url, json={"LoginId": login_id, "MostRecentCached": True}, timeout=30).json()
