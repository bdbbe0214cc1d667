# frozen_string_literal: true

module FlinksConnections
  # flinks-auth-key: ENV["FLINKS_CA_SECRET_KEY"]
  def self.canada
    @canada ||= Faraday.new(url: "https://northwind-ca-api.private.fin.ag/v3") do |faraday|
      faraday.headers["flinks-auth-key"] = ENV.fetch("FLINKS_CA_SECRET_KEY")
      faraday.response :json
    end
  end

  def self.united_states
    @united_states ||= Faraday.new(url: "https://northwind-us-api.private.fin.ag/v3") do |faraday|
      faraday.headers["flinks-auth-key"] = ENV.fetch("FLINKS_US_SECRET_KEY")
      faraday.response :json
    end
  end
end
