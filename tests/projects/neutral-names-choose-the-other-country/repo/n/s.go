package main
func host(c string) string {
	switch c {
	case "CA": return "https://northwind-ca-api.private.fin.ag/v3"
	case "US": return "https://northwind-ca-api.private.fin.ag/v3"
	}
	return ""
}
