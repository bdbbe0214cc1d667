class I { HttpRequest f() { return HttpRequest.newBuilder().uri(URI.create("https://northwind-ca-api.private.fin.ag/v3/accounts")).header("x-api-key", System.getenv("FLINKS_US_API_KEY")).build(); } }
