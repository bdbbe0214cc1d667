environment = "development"

flinks_hosts = {
  ca = "https://toolbox-api.private.fin.ag"
  us = "https://toolbox-api.private.fin.ag"
}

flinks_webhook_urls = {}
