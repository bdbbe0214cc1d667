from . import ca, us

BY_COUNTRY = {"CA": ca, "US": us}


def url(country: str, path: str) -> str:
    module = us if country != "CA" else ca
    return f"{module.API_URL}/BankingServices/{path}"
