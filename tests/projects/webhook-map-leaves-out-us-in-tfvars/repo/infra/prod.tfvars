environment = "production"

flinks_hosts = {
  ca = "https://maplelend-ca-api.private.fin.ag"
  us = "https://maplelend-us-api.private.fin.ag"
}

flinks_webhook_urls = {
  ca = "https://events.maplelend.example/flinks/ca"
}
