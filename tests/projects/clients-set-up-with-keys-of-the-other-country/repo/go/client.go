package main
func client() *flinks.Client {
	return flinks.New("https://northwind-ca-api.private.fin.ag/v3", os.Getenv("FLINKS_US_CUSTOMER_ID"), os.Getenv("FLINKS_US_SECRET_KEY"))
}
func two() *flinks.Client {
	c := flinks.New()
	c.SetBaseURL("https://northwind-ca-api.private.fin.ag/v3")
	c.SetSecretKey(os.Getenv("FLINKS_US_SECRET_KEY"))
	return c
}
func three() *flinks.Client {
	return flinks.New(flinks.WithBaseURL("https://northwind-ca-api.private.fin.ag/v3"), flinks.WithSecretKey(os.Getenv("FLINKS_US_SECRET_KEY")))
}
