vault kv put secret/flinks/us api_url=https://northwind-ca-api.private.fin.ag/v3 secret_key="$FLINKS_SECRET_KEY"
vault kv put -mount=secret flinks/ca api_url=https://northwind-us-api.private.fin.ag/v3 customer_id=x
