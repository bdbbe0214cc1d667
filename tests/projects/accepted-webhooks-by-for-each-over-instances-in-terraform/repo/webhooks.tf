resource "aws_apigatewayv2_api" "hooks" {
  name          = "flinks-hooks"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_route" "flinks_webhook" {
  for_each  = var.flinks_instances
  api_id    = aws_apigatewayv2_api.hooks.id
  route_key = "POST /webhooks/flinks/${each.key}"
}

resource "random_password" "flinks_webhook_secret" {
  for_each = var.flinks_instances
  length   = 40
}
