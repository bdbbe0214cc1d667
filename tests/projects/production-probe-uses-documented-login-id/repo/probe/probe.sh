#!/bin/sh
set -eu
while :; do
  curl -fsS -H "flinks-auth-key: $FLINKS_AUTHORIZE" \
    -d "{\"LoginId\":\"$FLINKS_PROBE_LOGIN_ID\",\"MostRecentCached\":true}" \
    "$FLINKS_API_URL/$FLINKS_CUSTOMER_ID/BankingServices/Authorize" > /dev/null || echo "probe failed"
  sleep "$PROBE_INTERVAL"
done
