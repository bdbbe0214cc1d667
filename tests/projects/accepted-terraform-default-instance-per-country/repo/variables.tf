variable "flinks_instances" {
  type = map(string)
  default = {
    canada        = "pinecrest-ca"
    united_states = "pinecrest-us"
  }
}

variable "flinks_worker_instances" {
  type    = number
  default = 2
}
