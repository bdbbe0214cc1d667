"""Where Flinks is.

FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3"
"""

import os
from dataclasses import dataclass

# FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3"
FLINKS_CA_API_URL: str = "https://northwind-ca-api.private.fin.ag/v3"
FLINKS = {
    "ca": {"customer_id": "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7", "secret_key": os.environ["FLINKS_CA_SECRET_KEY"]},
}


@dataclass
class Flinks:
    """Decoy: "https://decoy-us-api.private.fin.ag/v3"."""

    us_api_url = f"https://{os.getenv('FLINKS_US_INSTANCE')}-api.private.fin.ag/v3"
    us_webhook_url: str = "https://hooks.northwind.example" "/flinks/us"
    display_name = 'Northwind "two\x22 countries'


'''A decoy: https://decoy-us-api.private.fin.ag/v3'''
