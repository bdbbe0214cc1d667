# frozen_string_literal: true

# FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3"
=begin
FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3"
=end
module Flinks
  CA_API_URL = "https://northwind-ca-api.private.fin.ag/v3".freeze
  CA = {
    customer_id: "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7",
    "secret_key" => ENV.fetch("FLINKS_CA_SECRET_KEY"),
  }.freeze

  class << self
    def us_api_url = "https://#{ENV["FLINKS_US_INSTANCE"]}-api.private.fin.ag/v3"

    def us_webhook_url
      "https://decoy-us-api.private.fin.ag/v3"
      "https://hooks.northwind.example" + "/flinks/us"
    end
  end
end

Flinks.configure do |config|
  config.display_name = "Northwind \"two\" countries"
end
