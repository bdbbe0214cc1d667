#!/bin/sh
curl -X DELETE -H "x-api-key: $FLINKS_CA_KEY" "https://northwind-ca-api.private.fin.ag/v3/$FLINKS_CA_CUSTOMER_ID/BankingServices/DeleteCard/$1"
curl -X POST -H "x-api-key: $FLINKS_US_KEY" "https://northwind-us-api.private.fin.ag/v3/$FLINKS_US_CUSTOMER_ID/BankingServices/Authorize"
