# FLINKS_DECOY = https://decoy-us-api.private.fin.ag/v3
export FLINKS_CA_API_URL := https://northwind-ca-api.private.fin.ag/v3 # FLINKS_DECOY = 1
FLINKS_CA_CUSTOMER_ID=7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7
FLINKS_CA_SECRET_KEY ?= $(FLINKS_CA_SECRET_KEY)
override FLINKS_US_API_URL = https://${FLINKS_US_INSTANCE}-api.private.fin.ag/v3
ifdef FLINKS_WEBHOOKS
  FLINKS_US_WEBHOOK_URL = \
    https://hooks.northwind.example/flinks/us
endif
FLINKS_DISPLAY_NAME ::= Northwind "two" \
  countries

define FLINKS_TEXT
FLINKS_DECOY = https://decoy-us-api.private.fin.ag/v3
endef

run: ## FLINKS_DECOY = 1
	@echo "FLINKS_DECOY=https://decoy-us-api.private.fin.ag/v3" # FLINKS_DECOY=1 ./run
