terraform {
  backend "s3" {
    bucket = "granitefi-tfstate"
    key    = "app.tfstate"
    region = "us-east-1"
  }
}
