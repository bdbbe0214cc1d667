variable "flinks_secret_key" {
  type      = string
  sensitive = true
  default   = "7a91e3d5-c06b-4283-95fe-4d2b08c7f16e"
}

variable "flinks_x_api_key" {
  type      = string
  sensitive = true
}

variable "db_password" {
  default = "Vb3nQz8LkW2mXp5R"
}
