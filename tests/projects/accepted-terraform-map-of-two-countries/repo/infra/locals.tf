locals {
  service = "cedarpay-underwriting"

  flinks = {
    CA = {
      api_host    = "cedarpay-ca-api.private.fin.ag"
      iframe_host = "cedarpay-ca-iframe.private.fin.ag"
      customer_id = "b73af534-bc99-4c6f-b969-5e5c29b5b8d9"
      secret_path = "/cedarpay/prod/flinks/ca/secret-key"
    }
    US = {
      api_host    = "cedarpay-us-api.private.fin.ag"
      iframe_host = "cedarpay-us-iframe.private.fin.ag"
      customer_id = "f8424b1e-83ce-44da-84bf-aee17899a6a4"
      secret_path = "/cedarpay/prod/flinks/us/secret-key"
    }
  }

  # State codes the U.S. product is licensed in. CA is California here.
  licensed_states = ["AZ", "CA", "NV", "OR", "UT"]
}
