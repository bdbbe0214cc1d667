# frozen_string_literal: true

module Flinks
  # Talks to Flinks, e.g. https://toolbox-api.private.fin.ag/v3.
  class Client
    def authorize(login_id)
      connection.post("BankingServices/Authorize", { LoginId: login_id, MostRecentCached: true }.to_json)
    end

    private

    def connection
      @connection ||= Faraday.new(url: Rails.configuration.x.flinks.api_url) do |faraday|
        faraday.headers["flinks-auth-key"] = Rails.application.credentials.dig(:flinks, :auth_key)
      end
    end
  end
end
