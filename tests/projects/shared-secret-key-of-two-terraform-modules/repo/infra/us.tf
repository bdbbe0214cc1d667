module "flinks_us" {
  source     = "./modules/flinks"
  instance   = "spruceline-us"
  secret_arn = aws_secretsmanager_secret.flinks_us.arn
  secret_key = var.flinks_secret_key
}
