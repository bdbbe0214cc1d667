terraform {
  backend "gcs" {
    bucket = "brightwater-tfstate"
    prefix = "hooks/us-central1"
  }
}
