locals {
  flinks_hosts = {
    ca = "https://cobaltfunds-ca-api.private.fin.ag/v3"
    us = "https://cobaltfunds-us-api.private.fin.ag/v3"
  }
}
