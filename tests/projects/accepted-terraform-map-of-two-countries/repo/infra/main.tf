data "aws_ssm_parameter" "flinks_secret" {
  for_each        = local.flinks
  name            = each.value.secret_path
  with_decryption = true
}

resource "aws_lambda_function" "underwriting" {
  for_each      = local.flinks
  function_name = "${local.service}-${lower(each.key)}"
  role          = var.lambda_role_arn
  handler       = "index.handler"
  runtime       = "nodejs20.x"
  filename      = "build/underwriting.zip"

  environment {
    variables = {
      FLINKS_BASE_URL    = "https://${each.value.api_host}/v3"
      FLINKS_CONNECT_URL = "https://${each.value.iframe_host}/v2/"
      FLINKS_CUSTOMER_ID = each.value.customer_id
      FLINKS_SECRET_ARN  = data.aws_ssm_parameter.flinks_secret[each.key].arn
      LICENSED_STATES    = join(",", local.licensed_states)
    }
  }
}
