terraform {
  backend "s3" {
    bucket         = "northwind-tfstate"
    key            = "lending/terraform.tfstate"
    region         = "us-east-1"
    dynamodb_table = "northwind-tflocks"
  }
}

data "terraform_remote_state" "network" {
  backend = "s3"
  config = {
    bucket = "northwind-tfstate"
    key    = "network/terraform.tfstate"
    region = "us-east-1"
  }
}

provider "aws" {
  region = var.aws_region
}

provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

resource "aws_acm_certificate" "site" {
  provider    = aws.virginia
  domain_name = "lending.northwind.example"
}

resource "aws_wafv2_web_acl" "site" {
  provider = aws.virginia
  name     = "site"
  scope    = "CLOUDFRONT"
}

resource "aws_ecs_task_definition" "api" {
  family = "lending-api"
  container_definitions = jsonencode([{
    name  = "api"
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/lending:${var.tag}"
    logConfiguration = {
      logDriver = "awslogs"
      options   = { "awslogs-region" = "us-east-1", "awslogs-group" = "lending" }
    }
    environment = [
      { name = "FLINKS_API_URL", value = "https://${var.flinks_instance}-api.private.fin.ag/v3" },
      { name = "DATABASE_URL", value = "postgres://lending@lending.c1xyz.ca-central-1.rds.amazonaws.com/lending" },
    ]
  }])
}
