#!/usr/bin/env bash
# export FLINKS_DECOY=https://decoy-us-api.private.fin.ag/v3
set -euo pipefail
export FLINKS_CA_API_URL="https://northwind-ca-api.private.fin.ag/v3" # FLINKS_DECOY=1
readonly FLINKS_CA_CUSTOMER_ID='7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7'
FLINKS_CA_SECRET_KEY=$FLINKS_CA_SECRET_KEY
echo "FLINKS_DECOY=https://decoy-us-api.private.fin.ag/v3"
heroku config:set FLINKS_US_API_URL="https://${FLINKS_US_INSTANCE}-api.private.fin.ag/v3" --app northwind
cat >> .env <<EOF
FLINKS_US_WEBHOOK_URL=https://hooks.northwind.example/flinks/us
EOF
FLINKS_DISPLAY_NAME="Northwind \"two\" countries" ./serve
