FLINKS_FORMAT = "https://{instance}-api.private.fin.ag/v3"
FLINKS_OLD_FORMAT = "https://%(instance)s-iframe.private.fin.ag/v2/"
