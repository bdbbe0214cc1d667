fn host(x: &str) -> &str { match x { "CA" => "https://northwind-ca-api.private.fin.ag/v3", "US" => "https://northwind-ca-api.private.fin.ag/v3", _ => panic!() } }
