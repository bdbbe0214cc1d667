locals {
  flinks = {
    us = {
      host = "northwind-us-api.private.fin.ag"
    }
    ca = { host = "northwind-ca-api.private.fin.ag" }
  }
  flinks_webhook_countries = ["ca"]
}
