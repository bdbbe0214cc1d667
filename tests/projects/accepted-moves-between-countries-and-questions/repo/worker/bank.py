import os

US = "https://northwind-us-api.private.fin.ag/v3"
CA = "https://northwind-ca-api.private.fin.ag/v3"


def copy_from_canada(user):
    return Client(base_url=US, secret_key=os.environ["FLINKS_US_SECRET"]).link(user)


def leaving_us(user):
    return Client(base_url=CA, secret_key=os.environ["FLINKS_CA_SECRET"]).link(user)


def is_us(user):
    host = US if user.country == "US" else CA
    return user.host == host
