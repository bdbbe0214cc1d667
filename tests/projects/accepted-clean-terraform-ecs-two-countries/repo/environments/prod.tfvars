environment = "prod"

flinks = {
  ca = {
    api_url     = "https://spruceline-ca-api.private.fin.ag/v3"
    iframe_url  = "https://spruceline-ca-iframe.private.fin.ag/v2/"
    webhook_url = "https://hooks.spruceline.example/flinks/ca"
  }
  us = {
    api_url     = "https://spruceline-us-api.private.fin.ag/v3"
    iframe_url  = "https://spruceline-us-iframe.private.fin.ag/v2/"
    webhook_url = "https://hooks.spruceline.example/flinks/us"
  }
}
