def accounts
  uri = URI("https://northwind-ca-api.private.fin.ag/v3/accounts")
  request = Net::HTTP::Post.new(uri)
  request["x-api-key"] = ENV["FLINKS_US_X_API_KEY"]
  Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.request(request) }
end
