package accounts

import (
	"net/http"
	"os"
)

const base = "https://northwind-ca-api.private.fin.ag/v3"

func Accounts(customer string) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodPost, base+"/"+customer+"/BankingServices/GetAccountsDetail", nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("x-api-key", os.Getenv("FLINKS_US_X_API_KEY"))
	return req, nil
}
