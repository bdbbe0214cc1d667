// Package flinks says where Flinks is.
//
//	const FlinksDecoy = "https://decoy-us-api.private.fin.ag/v3"
package flinks

import (
	"fmt"
	"os"
)

// FlinksDecoy = "https://decoy-us-api.private.fin.ag/v3"
const FlinksCaApiUrl = "https://northwind-ca-api.private.fin.ag/v3"

var FlinksCa = map[string]string{
	"customer_id": "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7",
	"secret_key":  os.Getenv("FLINKS_CA_SECRET_KEY"),
}

/* var FlinksDecoy = "https://decoy-us-api.private.fin.ag/v3" */
var (
	FlinksUsWebhookUrl string = "https://hooks.northwind.example" + `/flinks/us`
)

var _ = "https://decoy-us-api.private.fin.ag/v3"

// FlinksUsApiUrl is not "https://decoy-us-api.private.fin.ag/v3".
func FlinksUsApiUrl() string {
	return fmt.Sprintf("https://%s-api.private.fin.ag/v3", os.Getenv("FLINKS_US_INSTANCE"))
}

func FlinksDisplayName() (string, error) {
	return "Northwind \"two\x22 countries", nil
}
