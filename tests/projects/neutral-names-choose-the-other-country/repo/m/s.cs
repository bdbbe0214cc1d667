class S { string Host(string c) => c switch { "CA" => "https://northwind-ca-api.private.fin.ag/v3", "US" => "https://northwind-ca-api.private.fin.ag/v3", _ => throw new X() }; }
