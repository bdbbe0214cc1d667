terraform {
  required_version = ">= 1.6"

  backend "s3" {
    bucket = "northwind-tfstate"
    key    = "lending/terraform.tfstate"
    region = "us-east-1"
  }
}

provider "aws" {
  region = var.aws_region
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

resource "aws_acm_certificate" "site" {
  provider    = aws.us_east_1
  domain_name = "lending.northwind.example"
}

resource "aws_ecs_task_definition" "api" {
  family = "lending-api"
  container_definitions = jsonencode([{
    name  = "api"
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/lending:${var.tag}"
    environment = [
      { name = "FLINKS_API_URL", value = "https://${var.flinks_instance}-api.private.fin.ag/v3" },
    ]
  }])
}
