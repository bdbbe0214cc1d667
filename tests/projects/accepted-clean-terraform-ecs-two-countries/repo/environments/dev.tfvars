environment = "dev"

flinks = {
  ca = {
    api_url     = "https://toolbox-api.private.fin.ag/v3"
    iframe_url  = "https://toolbox-iframe.private.fin.ag/v2/?demo=true"
    webhook_url = ""
  }
  us = {
    api_url     = "https://toolbox-api.private.fin.ag/v3"
    iframe_url  = "https://toolbox-iframe.private.fin.ag/v2/?demo=true"
    webhook_url = ""
  }
}
