Rails.application.configure do
  config.eager_load = true
  config.force_ssl = true
  config.x.flinks.api_url = "https://northwind-ca-api.private.fin.ag/v3"
  config.x.flinks.iframe_url = "https://northwind-ca-iframe.private.fin.ag/v2/"
end
