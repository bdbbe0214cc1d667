#!/bin/sh
set -e
kubectl -n banking create secret generic flinks-us \
  --from-literal=FLINKS_CUSTOMER_ID=e49d1f70-2b86-4c35-8a1f-70d9c2b3e5f6 \
  --from-literal=FLINKS_API_URL=https://tidewater-ca-api.private.fin.ag
kubectl -n banking create secret generic flinks-ca \
  --from-literal=FLINKS_CUSTOMER_ID=5b0c8a1e-7d34-4f6a-9e21-c3d4b5a69788 \
  --from-literal=FLINKS_API_URL=https://tidewater-ca-api.private.fin.ag
