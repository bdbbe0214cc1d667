resource "azurerm_cosmosdb_sql_container" "links" {
  name                = "bank-links"
  database_name       = "main"
  partition_key_paths = ["/flinksLoginId"]
}
