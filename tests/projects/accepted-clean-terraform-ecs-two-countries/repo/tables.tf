resource "aws_dynamodb_table" "links" {
  name         = "links"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "flinks_instance"
  range_key    = "flinks_login_id"

  attribute {
    name = "flinks_instance"
    type = "S"
  }

  attribute {
    name = "flinks_login_id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "console_users" {
  name         = "console-users"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "login_id"

  attribute {
    name = "login_id"
    type = "S"
  }
}
