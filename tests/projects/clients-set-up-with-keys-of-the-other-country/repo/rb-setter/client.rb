client = Flinks::Client.new
client.base_url = "https://northwind-ca-api.private.fin.ag/v3"
client.api_key = ENV.fetch("FLINKS_US_API_KEY")
