#!/usr/bin/env bash
set -euo pipefail

COUNTRY="${APP_COUNTRY:?set APP_COUNTRY to ca or us}"

case "$COUNTRY" in
  ca)
    export FLINKS_API_BASE="https://quillfunds-ca-api.private.fin.ag/v3"
    ;;
  us)
    export FLINKS_API_BASE="https://quillfunds-us-api.private.fin.ag/v3"
    ;;
  *)
    echo "unknown country: $COUNTRY" >&2
    exit 64
    ;;
esac

exec "$@"
