environment        = "prod"
flinks_api_host    = "granitefi-ca-api.private.fin.ag"
flinks_iframe_host = "granitefi-ca-iframe.private.fin.ag"
flinks_customer_id = "43387ca6-0391-4c82-857d-70d95f087ecb"
desired_count      = 4
