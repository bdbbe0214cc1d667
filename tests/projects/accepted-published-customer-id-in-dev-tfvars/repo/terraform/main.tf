resource "aws_ecs_task_definition" "app" {
  family                   = "granitefi-${var.environment}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name  = "app"
    image = "registry.granitefi.example/app:latest"
    environment = [
      { name = "FLINKS_API_URL", value = "https://${var.flinks_api_host}/v3" },
      { name = "FLINKS_IFRAME_URL", value = "https://${var.flinks_iframe_host}/v2/" },
      { name = "FLINKS_CUSTOMER_ID", value = var.flinks_customer_id },
    ]
  }])
}
