module "flinks" {
  for_each   = { ca = "spruceline-ca", us = "spruceline-us" }
  source     = "./modules/flinks"
  instance   = each.value
  secret_key = var.flinks_secret_keys[each.key]
}
