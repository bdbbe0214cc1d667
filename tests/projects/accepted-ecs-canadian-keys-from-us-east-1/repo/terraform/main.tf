provider "aws" {
  region = "us-east-1"
}

resource "aws_ecs_cluster" "lending" {
  name = "lending-prod"
}

resource "aws_ssm_parameter" "database_url" {
  name  = "/brightloan/prod/database-url"
  type  = "SecureString"
  value = var.database_url
}
