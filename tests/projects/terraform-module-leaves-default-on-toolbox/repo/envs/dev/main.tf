module "connect" {
  source             = "../../modules/connect"
  flinks_customer_id = "43387ca6-0391-4c82-857d-70d95f087ecb"
}
