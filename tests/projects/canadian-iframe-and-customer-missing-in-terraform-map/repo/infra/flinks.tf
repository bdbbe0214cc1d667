locals {
  flinks = {
    us = {
      api_url     = "https://harbour-us-api.private.fin.ag/v3"
      iframe_url  = "https://harbour-us-iframe.private.fin.ag/v2/"
      customer_id = var.us_customer_id
    }
    ca = {
      api_url = "https://harbour-ca-api.private.fin.ag/v3"
    }
  }
}
