module "connect" {
  source             = "../../modules/connect"
  flinks_api_url     = "https://maplelend-ca-api.private.fin.ag/v3"
  flinks_customer_id = data.aws_ssm_parameter.flinks_customer_id.value
}
