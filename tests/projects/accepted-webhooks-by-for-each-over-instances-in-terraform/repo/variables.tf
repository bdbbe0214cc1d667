variable "flinks_instances" {
  type = map(object({ api_host = string, customer_id = string }))
}
