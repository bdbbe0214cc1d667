variable "environment" {
  type = string
}

variable "flinks_hosts" {
  type        = map(string)
  description = "API host by country"
}

variable "flinks_webhook_urls" {
  type        = map(string)
  description = "Where each instance delivers its events"
}
