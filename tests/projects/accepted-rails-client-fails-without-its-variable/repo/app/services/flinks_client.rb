class FlinksClient
  BASE_URL =
    if Rails.env.production?
      ENV.fetch("FLINKS_API_URL")
    else
      "https://toolbox-api.private.fin.ag/v3"
    end
  CUSTOMER_ID = ENV.fetch("FLINKS_CUSTOMER_ID")

  def accounts(request_id)
    HTTP.get("#{BASE_URL}/#{CUSTOMER_ID}/BankingServices/GetAccountsDetailAsync/#{request_id}").parse
  end
end
