environment        = "prod"
flinks_api_host    = "granitefi-ca-api.private.fin.ag"
flinks_iframe_host = "granitefi-ca-iframe.private.fin.ag"
flinks_customer_id = "b402dec0-f371-4e89-b015-36414c2942cb"
desired_count      = 4
