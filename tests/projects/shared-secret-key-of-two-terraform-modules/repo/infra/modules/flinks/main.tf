variable "instance" {
  type = string
}

variable "secret_key" {
  type      = string
  sensitive = true
}

locals {
  api_url = "https://${var.instance}-api.private.fin.ag/v3"
}
