locals {
  tenants = { ca = "northwind-ca", us = "northwind-ca" }
  flinks_url = "https://${local.tenants[var.country]}-api.private.fin.ag"
}
