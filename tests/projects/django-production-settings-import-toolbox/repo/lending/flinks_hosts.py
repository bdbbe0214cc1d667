"""The hosts of Flinks that we may talk to."""

SANDBOX = "https://toolbox-api.private.fin.ag"
CANADA = "https://northwind-ca-api.private.fin.ag"
