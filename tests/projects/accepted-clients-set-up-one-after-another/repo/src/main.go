package main
func ca() *flinks.Client { return flinks.New("https://northwind-ca-api.private.fin.ag/v3", os.Getenv("FLINKS_CA_CUSTOMER_ID"), os.Getenv("FLINKS_CA_SECRET_KEY")) }
func us() *flinks.Client { return flinks.New("https://northwind-us-api.private.fin.ag/v3", os.Getenv("FLINKS_US_CUSTOMER_ID"), os.Getenv("FLINKS_US_SECRET_KEY")) }
