variable "database_url" {
  type      = string
  sensitive = true
}
