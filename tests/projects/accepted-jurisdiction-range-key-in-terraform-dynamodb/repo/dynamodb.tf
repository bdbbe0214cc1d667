resource "aws_dynamodb_table" "bank_links" {
  name         = "bank-links"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "flinks_login_id"
  range_key    = "jurisdiction"

  attribute {
    name = "jurisdiction"
    type = "S"
  }

  attribute {
    name = "flinks_login_id"
    type = "S"
  }

  attribute {
    name = "customer_ref"
    type = "S"
  }

  global_secondary_index {
    name            = "by-customer"
    hash_key        = "customer_ref"
    projection_type = "ALL"
  }
}
