package main
var byCode = map[string]string{"CA": "northwind-ca", "US": "northwind-ca"}
func host(c string) string { return "https://" + byCode[c] + "-api.private.fin.ag/v3" }
