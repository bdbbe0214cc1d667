package flinks

import (
	"errors"
	"strings"
)

var instances = map[string]string{
	"ca": "northwind-ca",
	"us": "northwind-us",
}

// APIHost is where the connections of a country are served.
func APIHost(country string) (string, error) {
	switch strings.ToUpper(country) {
	case "CA":
		return "https://" + instances["ca"] + "-api.private.fin.ag", nil
	case "US", "USA":
		return "https://" + instances["us"] + "-api.private.fin.ag", nil
	default:
		return "", errors.New("no instance for " + country)
	}
}
