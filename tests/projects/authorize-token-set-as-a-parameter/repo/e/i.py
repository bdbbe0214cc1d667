def iframe():
    params = {"authorizeToken": "3a9c2f10-7be4-4d0e-9f2a-61c8d5b7e007"}
    return "https://northwind-ca-iframe.private.fin.ag/v2/?" + urlencode(params)
