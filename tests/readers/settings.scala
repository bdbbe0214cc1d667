package example.northwind

// val FlinksDecoy = "https://decoy-us-api.private.fin.ag/v3"
/** Where Flinks is: {{{ val decoy = "https://decoy-us-api.private.fin.ag/v3" }}} */
object Flinks {
  final val CaApiUrl = "https://northwind-ca-api.private.fin.ag/v3"
  val ca: Map[String, String] = Map(
    "customerId" -> "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7",
    "secretKey" -> sys.env("FLINKS_CA_SECRET_KEY"),
  )

  def usApiUrl: String = {
    "https://decoy-us-api.private.fin.ag/v3"
    s"https://${sys.env("FLINKS_US_INSTANCE")}-api.private.fin.ag/v3"
  }

  /* val decoy = "https://decoy-us-api.private.fin.ag/v3" */
  lazy val usWebhookUrl = "https://hooks.northwind.example" + "/flinks/us"
  val displayName = """Northwind "two" countries"""
}
