package flinks

import (
	"fmt"
	"os"
)

// Client talks to one instance.
type Client struct {
	baseURL    string
	customerID string
}

// NewClient reads what it needs from the environment.
func NewClient() *Client {
	baseURL := os.Getenv("FLINKS_BASE_URL")
	if baseURL == "" {
		baseURL = "https://toolbox-api.private.fin.ag"
	}
	return &Client{baseURL: baseURL, customerID: os.Getenv("FLINKS_CUSTOMER_ID")}
}

func (c *Client) authorizeURL() string {
	return fmt.Sprintf("%s/v3/%s/BankingServices/Authorize", c.baseURL, c.customerID)
}
