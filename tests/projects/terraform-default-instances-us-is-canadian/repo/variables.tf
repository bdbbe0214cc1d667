variable "flinks_instances" {
  type = map(string)
  default = {
    canada        = "pinecrest-ca"
    united_states = "pinecrest-ca"
  }
}
