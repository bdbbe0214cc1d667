output "table" {
  value = aws_dynamodb_table.bank_links.name
}
