#!/bin/sh
set -eu

if [ "$APP_ENV" = "production" ]; then
  FLINKS_API_URL="https://saltmarsh-us-api.private.fin.ag/v3"
else
  FLINKS_API_URL="https://toolbox-api.private.fin.ag/v3"
fi
export FLINKS_API_URL

exec bin/server
