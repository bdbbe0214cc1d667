variable "flinks_instance" {
  default = "harbour"
}

locals {
  flinks_api_url = "https://${var.flinks_instance}-api.private.fin.ag/v3"
}
