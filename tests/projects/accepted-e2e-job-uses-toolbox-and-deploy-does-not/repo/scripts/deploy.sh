#!/usr/bin/env bash
set -euo pipefail
npm ci
npm run build
rsync -az --delete dist/ deploy@origin.mossbank.example:/srv/app/
