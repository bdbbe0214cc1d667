module "flinks_ca" {
  source     = "./modules/flinks"
  instance   = "spruceline-ca"
  secret_arn = aws_secretsmanager_secret.flinks_ca.arn
  secret_key = var.flinks_secret_key
}
