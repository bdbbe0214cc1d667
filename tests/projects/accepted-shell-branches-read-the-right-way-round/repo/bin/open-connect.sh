#!/usr/bin/env bash
set -euo pipefail

COUNTRY="${1:?country}"
if [ "$COUNTRY" != "us" ]; then
  CONNECT_BASE="https://quillfunds-ca-iframe.private.fin.ag/v2/"
else
  CONNECT_BASE="https://quillfunds-us-iframe.private.fin.ag/v2/"
fi
xdg-open "$CONNECT_BASE"
