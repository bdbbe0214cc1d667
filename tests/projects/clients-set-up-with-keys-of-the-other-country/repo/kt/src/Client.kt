fun client() = FlinksClient.Builder()
    .baseUrl("https://northwind-ca-api.private.fin.ag/v3")
    .secretKey(System.getenv("FLINKS_US_SECRET_KEY"))
    .build()
fun other() = FlinksClient().apply {
    baseUrl = "https://northwind-ca-api.private.fin.ag/v3"
    secretKey = System.getenv("FLINKS_US_SECRET_KEY")
}
