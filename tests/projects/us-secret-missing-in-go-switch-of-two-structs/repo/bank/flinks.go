package bank

import "os"

var flinksCA = Instance{
	APIURL:     "https://harbour-ca-api.private.fin.ag/v3",
	CustomerID: os.Getenv("FLINKS_CA_CUSTOMER_ID"),
	SecretKey:  os.Getenv("FLINKS_CA_SECRET_KEY"),
}

var flinksUS = Instance{
	APIURL:     "https://harbour-us-api.private.fin.ag/v3",
	CustomerID: os.Getenv("FLINKS_US_CUSTOMER_ID"),
}
