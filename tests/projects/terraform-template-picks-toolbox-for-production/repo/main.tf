variable "env" {
  type = string
}

locals {
  flinks_api_url = "https://${var.env == "prod" ? "toolbox" : "glenmore-ca"}-api.private.fin.ag/v3"
}
