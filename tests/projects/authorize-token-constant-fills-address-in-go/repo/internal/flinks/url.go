package flinks

func connectURL() string {
	return "https://cobalt-ca-iframe.private.fin.ag/v2/?authorizeToken=" + authorizeToken
}
