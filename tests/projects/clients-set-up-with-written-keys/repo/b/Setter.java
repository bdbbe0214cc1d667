class S { void a(FlinksClient client) { client.setBaseUrl("https://northwind-ca-api.private.fin.ag/v3"); client.setSecretKey("k8d2f7a1c4e84b0f9a6d3c5e7b1f2a8d"); } }
