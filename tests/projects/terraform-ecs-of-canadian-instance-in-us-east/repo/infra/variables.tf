variable "aws_region" {
  type = string
}

variable "flinks_instance" {
  type = string
}

variable "tag" {
  type = string
}
