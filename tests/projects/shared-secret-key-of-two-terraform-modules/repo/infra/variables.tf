variable "flinks_secret_key" {
  type      = string
  sensitive = true
}
