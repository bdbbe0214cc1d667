fn c() { let c = FlinksClient::new("https://northwind-ca-api.private.fin.ag/v3", "5d0b7f7e-52a1-4a73-8f2e-0c6a1b9d4e21", "k1d2f7a1c4e84b0f9a6d3c5e7b1f2a8d"); }
