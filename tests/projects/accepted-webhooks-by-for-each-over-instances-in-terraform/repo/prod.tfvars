flinks_instances = {
  ca = {
    api_host    = "https://brightwater-ca-api.private.fin.ag"
    customer_id = "7840d2fd-a123-4f9c-ade9-f6b2c8e7463d"
  }
  us = {
    api_host    = "https://brightwater-us-api.private.fin.ag"
    customer_id = "f95b65ce-2ae2-4946-88ef-c4cec0b7bc60"
  }
}
