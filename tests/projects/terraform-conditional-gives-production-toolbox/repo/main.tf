variable "environment" {
  type = string
}

locals {
  flinks_api_url = var.environment == "prod" ? "https://toolbox-api.private.fin.ag" : "https://alderpoint-ca-api.private.fin.ag"
}
