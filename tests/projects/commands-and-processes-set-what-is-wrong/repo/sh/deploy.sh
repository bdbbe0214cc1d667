#!/bin/sh
vault kv put secret/flinks/us api_url=https://northwind-ca-api.private.fin.ag/v3 secret_key="$FLINKS_US_SECRET_KEY"
heroku config:set FLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag/v3 -a northwind
fly secrets set FLINKS_SECRET_KEY=k9d2f7a1c4e84b0f9a6d3c5e7b1f2a8d
aws ssm put-parameter --name /prod/flinks/us/api-url --value https://northwind-ca-api.private.fin.ag/v3 --type String
aws ssm put-parameter --name /prod/flinks/secret-key --value k8d2f7a1c4e84b0f9a6d3c5e7b1f2a8d --type SecureString
aws secretsmanager create-secret --name flinks/us/secret-key --secret-string k7d2f7a1c4e84b0f9a6d3c5e7b1f2a8d
gcloud secrets create flinks-secret-key --data-file=-
echo -n "k6d2f7a1c4e84b0f9a6d3c5e7b1f2a8d" | gcloud secrets versions add flinks-us-secret-key --data-file=-
echo "k5d2f7a1c4e84b0f9a6d3c5e7b1f2a8d" | docker secret create flinks_secret_key -
wrangler secret put FLINKS_SECRET_KEY <<< "k4d2f7a1c4e84b0f9a6d3c5e7b1f2a8d"
gh secret set FLINKS_SECRET_KEY --body "k3d2f7a1c4e84b0f9a6d3c5e7b1f2a8d"
az keyvault secret set --vault-name x --name flinks-us-api-url --value https://northwind-ca-api.private.fin.ag/v3
kubectl set env deploy/us FLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag/v3
railway variables --set "FLINKS_US_API_URL=https://northwind-ca-api.private.fin.ag/v3"
vercel env add FLINKS_SECRET_KEY production <<< k2d2f7a1c4e84b0f9a6d3c5e7b1f2a8d
