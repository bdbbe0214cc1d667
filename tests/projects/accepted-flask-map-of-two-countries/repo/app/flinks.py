import os

import requests
from flask import Blueprint, request

bp = Blueprint("flinks", __name__)

# Sandbox: https://toolbox-api.private.fin.ag
FLINKS = {
    "CA": {
        "api": "https://northwind-ca-api.private.fin.ag/v3",
        "secret": os.environ["FLINKS_CA_SECRET_KEY"],
    },
    "US": {
        "api": "https://northwind-us-api.private.fin.ag/v3",
        "secret": os.environ["FLINKS_US_SECRET_KEY"],
    },
}


@bp.post("/connect/<country>")
def connect(country: str):
    instance = FLINKS[country.upper()]
    body = {"LoginId": request.json["loginId"]}
    answer = requests.post(f"{instance['api']}/BankingServices/Authorize", json=body, headers={"flinks-auth-key": instance["secret"]})
    return answer.json()
