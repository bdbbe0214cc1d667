terraform {
  backend "s3" {
    bucket = "maplelend-tfstate"
    key    = "connect.tfstate"
    region = "us-east-1"
  }
}

resource "aws_ssm_parameter" "flinks_host" {
  for_each = var.flinks_hosts
  name     = "/connect/${var.environment}/flinks/${each.key}/host"
  type     = "String"
  value    = each.value
}
