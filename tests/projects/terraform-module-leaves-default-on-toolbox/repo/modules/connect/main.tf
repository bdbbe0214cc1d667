resource "aws_ecs_task_definition" "connect" {
  family = "connect"
  container_definitions = jsonencode([{
    name  = "connect"
    image = "registry.maplelend.example/connect:2.9.0"
    environment = [
      { name = "FLINKS_API_URL", value = var.flinks_api_url },
      { name = "FLINKS_CUSTOMER_ID", value = var.flinks_customer_id },
    ]
  }])
}
