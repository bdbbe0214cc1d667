package main

func flinks(country string, secretKey string) Config {
	switch country {
	case "US":
		return Config{BaseURL: "https://spruceline-us-api.private.fin.ag", SecretKey: secretKey}
	default:
		return Config{BaseURL: "https://spruceline-ca-api.private.fin.ag", SecretKey: secretKey}
	}
}
