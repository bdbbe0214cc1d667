class Flinks
  include HTTParty
  base_uri ENV.fetch("FLINKS_API_URL")
  headers "x-api-key" => ENV.fetch("FLINKS_X_API_KEY")
end
