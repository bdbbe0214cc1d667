#!/usr/bin/env bash
set -euo pipefail

echo "https://sagebrush-us-api.private.fin.ag/v3" | vercel env add FLINKS_API_URL production
echo "b02f96c3-7e4d-4a85-bd19-f6a3c05e81d7" | vercel env add FLINKS_SECRET_KEY production
vercel env add FLINKS_X_API_KEY production <<< "$(op read op://Production/Flinks/x-api-key)"
echo "$STRIPE_KEY" | vercel env add STRIPE_SECRET_KEY production
