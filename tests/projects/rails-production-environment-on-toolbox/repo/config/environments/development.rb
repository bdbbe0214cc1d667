Rails.application.configure do
  config.eager_load = false
  config.x.flinks.api_url = "https://toolbox-api.private.fin.ag/v3"
  config.x.flinks.iframe_url = "https://toolbox-iframe.private.fin.ag/v2/"
end
