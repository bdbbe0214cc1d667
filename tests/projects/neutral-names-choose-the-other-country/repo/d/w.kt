fun host(c: String) = when (c) {
  "CA" -> "https://northwind-us-api.private.fin.ag/v3"
  "US" -> "https://northwind-us-api.private.fin.ag/v3"
  else -> error("no")
}
