# flinks_decoy = "https://decoy-us-api.private.fin.ag/v3"
locals {
  flinks_ca_api_url     = "https://northwind-ca-api.private.fin.ag/v3"
  flinks_ca_customer_id = "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7" // flinks_decoy = 1
  flinks_ca_secret_key  = var.FLINKS_CA_SECRET_KEY
  flinks_us = {
    api_url     = "https://${var.FLINKS_US_INSTANCE}-api.private.fin.ag/v3"
    webhook_url = "https://hooks.northwind.example/flinks/us"
  }
}

variable "flinks_display_name" {
  description = "The name on the screen"
  default     = "Northwind \"two\" countries"
}

/* variable "flinks_decoy" {
  default = "https://decoy-us-api.private.fin.ag/v3"
} */
