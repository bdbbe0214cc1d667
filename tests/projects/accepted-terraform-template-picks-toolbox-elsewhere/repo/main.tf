variable "env" {
  type = string
}

locals {
  flinks_api_url = "https://${var.env == "prod" ? "glenmore-ca" : "toolbox"}-api.private.fin.ag/v3"
}
