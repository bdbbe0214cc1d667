terraform {
  required_version = ">= 1.7"
  backend "s3" {
    bucket = "spruceline-tfstate"
    key    = "connect/terraform.tfstate"
    region = "us-east-1"
  }
}

provider "aws" {
  region = "ca-central-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}
