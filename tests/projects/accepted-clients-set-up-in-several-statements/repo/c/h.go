package main
func ca() *http.Request {
	req, _ := http.NewRequest("GET", "https://northwind-ca-api.private.fin.ag/v3/accounts", nil)
	req.Header.Set("x-api-key", os.Getenv("FLINKS_CA_API_KEY"))
	return req
}
func us() *http.Request {
	req, err := http.NewRequest("GET", "https://northwind-us-api.private.fin.ag/v3/accounts", nil)
	req.Header.Set("x-api-key", os.Getenv("FLINKS_US_API_KEY"))
	return req
}
func send(req *http.Request, country string) {
	if country == "US" {
		req.Header.Set("x-api-key", os.Getenv("FLINKS_US_API_KEY"))
	} else {
		req.Header.Set("x-api-key", os.Getenv("FLINKS_CA_API_KEY"))
	}
}
