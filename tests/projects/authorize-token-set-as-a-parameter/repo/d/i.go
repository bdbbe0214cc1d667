package main
func iframe() string {
	u, _ := url.Parse("https://northwind-ca-iframe.private.fin.ag/v2/")
	q := u.Query()
	q.Set("authorizeToken", "3a9c2f10-7be4-4d0e-9f2a-61c8d5b7e006")
	u.RawQuery = q.Encode()
	return u.String()
}
