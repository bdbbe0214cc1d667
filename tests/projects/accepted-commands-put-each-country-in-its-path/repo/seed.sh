vault kv put secret/flinks/us api_url=https://northwind-us-api.private.fin.ag/v3 secret_key="$FLINKS_US_SECRET_KEY"
vault kv put -mount=secret flinks/ca api_url=https://northwind-ca-api.private.fin.ag/v3 secret_key=@ca.key
vault write auth/approle/role/flinks policies=flinks token_ttl=20m
vault kv put secret/db password=k9d2f7a1c4e84b0f9a6d3c5e7b1f2a8d
cat ca.key | gcloud secrets versions add flinks-ca-secret-key --data-file=-
printf '%s' "$FLINKS_US_SECRET_KEY" | docker secret create flinks_us_secret_key -
