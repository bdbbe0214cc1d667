variable "aws_region" {
  type    = string
  default = "us-east-1"
}

variable "flinks_instance" {
  type = string
}
