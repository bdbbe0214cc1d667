#!/usr/bin/env bash
set -euo pipefail
: "${FLINKS_API_URL:?}"
kubectl -n fernlend set env deployment/origination FLINKS_API_URL="$FLINKS_API_URL"
kubectl -n fernlend rollout status deployment/origination --timeout=5m
