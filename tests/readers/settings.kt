package example.northwind

// const val FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3"
const val FLINKS_CA_API_URL: String = "https://northwind-ca-api.private.fin.ag/v3"

/** Where Flinks is: `val decoy = "https://decoy-us-api.private.fin.ag/v3"`. */
object Flinks {
    val ca = mapOf(
        "customerId" to "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7",
        "secretKey" to System.getenv("FLINKS_CA_SECRET_KEY"),
    )

    val usApiUrl: String
        get() = "https://${System.getenv("FLINKS_US_INSTANCE")}-api.private.fin.ag/v3"

    fun usWebhookUrl() = "https://hooks.northwind.example" + "/flinks/us"

    /* val decoy = "https://decoy-us-api.private.fin.ag/v3" */
    val displayName by lazy {
        "https://decoy-us-api.private.fin.ag/v3"
        "Northwind \"two\" countries"
    }
}
