variable "country" {
  type = string
}

locals {
  flinks_api_url = var.country == "US" ? "https://alderpoint-ca-api.private.fin.ag" : "https://alderpoint-us-api.private.fin.ag"
}
