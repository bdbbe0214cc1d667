variable "environment" { type = string }
variable "flinks_api_host" { type = string }
variable "flinks_iframe_host" { type = string }
variable "flinks_customer_id" { type = string }
variable "desired_count" {
  type    = number
  default = 1
}
