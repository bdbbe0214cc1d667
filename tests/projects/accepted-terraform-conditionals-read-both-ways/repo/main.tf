variable "environment" {
  type = string
}

variable "country" {
  type = string
}

locals {
  flinks_iframe_url = var.environment != "prod" ? "https://toolbox-iframe.private.fin.ag" : "https://alderpoint-ca-iframe.private.fin.ag"
  flinks_api_url    = var.country != "US" ? "https://alderpoint-ca-api.private.fin.ag" : "https://alderpoint-us-api.private.fin.ag"
}
