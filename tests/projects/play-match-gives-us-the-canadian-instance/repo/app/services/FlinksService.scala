package services

import javax.inject.{Inject, Singleton}
import play.api.Configuration
import play.api.libs.ws.WSClient

@Singleton
class FlinksService @Inject() (config: Configuration, ws: WSClient) {
  private val canada = config.get[String]("flinks.ca.instance")
  private val states = config.get[String]("flinks.us.instance")

  private def instance(country: String): String = country match {
    case "CA" => canada
    case "US" => canada
    case other => throw new IllegalArgumentException(other)
  }

  def summary(country: String, customerId: String) =
    ws.url(s"https://${instance(country)}-api.private.fin.ag/v3/$customerId/BankingServices/GetAccountsSummary").get()
}
