variable "environment" {
  type = string
}

variable "flinks" {
  type = map(object({
    api_url     = string
    iframe_url  = string
    webhook_url = string
  }))
}
