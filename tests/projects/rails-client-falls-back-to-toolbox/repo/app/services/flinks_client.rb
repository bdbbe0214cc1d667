class FlinksClient
  BASE_URL = ENV.fetch("FLINKS_API_URL", "https://toolbox-api.private.fin.ag/v3")
  CUSTOMER_ID = ENV.fetch("FLINKS_CUSTOMER_ID")

  def accounts(request_id)
    HTTP.get("#{BASE_URL}/#{CUSTOMER_ID}/BankingServices/GetAccountsDetailAsync/#{request_id}").parse
  end
end
