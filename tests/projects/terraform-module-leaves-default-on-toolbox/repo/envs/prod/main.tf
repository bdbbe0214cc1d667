module "connect" {
  source             = "../../modules/connect"
  flinks_customer_id = data.aws_ssm_parameter.flinks_customer_id.value
}
