resource "aws_ssm_parameter" "ca_url" {
  name  = "/prod/flinks/ca/api_url"
  value = "https://northwind-ca-api.private.fin.ag"
}
resource "aws_ssm_parameter" "ca_hook" {
  name  = "/prod/flinks/ca/webhook_secret"
  value = var.ca_hook
}
resource "aws_ssm_parameter" "us_url" {
  name  = "/prod/flinks/us/api_url"
  value = "https://northwind-us-api.private.fin.ag"
}
