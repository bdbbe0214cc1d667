variable "flinks_api_url" {
  type    = string
  default = "https://toolbox-api.private.fin.ag/v3"
}

variable "flinks_customer_id" {
  type = string
}
