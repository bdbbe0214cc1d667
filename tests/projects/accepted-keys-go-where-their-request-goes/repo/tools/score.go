package tools

import (
	"net/http"
	"os"
)

const flinksBase = "https://northwind-ca-api.private.fin.ag/v3"

func Score(person string) (*http.Request, error) {
	req, err := http.NewRequest("GET", "https://api.score.example/v2/people/"+person, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("x-api-key", "Hd4Kc81WnQz6Tp0JrVb5sXm2LyGf9A3e")
	return req, nil
}

func Accounts(customer string) (*http.Request, error) {
	req, err := http.NewRequest("POST", flinksBase+"/"+customer+"/BankingServices/GetAccountsDetail", nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("x-api-key", os.Getenv("FLINKS_X_API_KEY"))
	return req, nil
}
