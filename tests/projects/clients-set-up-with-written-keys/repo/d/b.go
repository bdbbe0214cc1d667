package main
func f() { c := flinks.New(flinks.WithBaseURL("https://northwind-ca-api.private.fin.ag/v3"), flinks.WithSecretKey("k6d2f7a1c4e84b0f9a6d3c5e7b1f2a8d")) }
