class C { FlinksClient M() => new FlinksClientBuilder().WithBaseUrl("https://northwind-ca-api.private.fin.ag/v3").WithSecretKey("k4d2f7a1c4e84b0f9a6d3c5e7b1f2a8d").Build(); }
