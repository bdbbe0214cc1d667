FLINKS_TENANTS = {"US": "northwind-ca", "CA": "northwind-ca"}

def host(c):
    return f"https://{FLINKS_TENANTS[c]}-api.private.fin.ag/v3"
