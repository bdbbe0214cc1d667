resource "aws_dynamodb_table" "logins" {
  for_each = toset(["ca", "us"])
  name     = "flinks-logins-${each.key}"
  hash_key = "flinksLoginId"
  attribute {
    name = "flinksLoginId"
    type = "S"
  }
}
