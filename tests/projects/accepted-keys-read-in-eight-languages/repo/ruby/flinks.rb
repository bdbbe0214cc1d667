KEY = Rails.application.credentials.dig(:flinks, :secret_key)
HEADERS = { "flinks-auth-key" => KEY, "x-api-key" => ENV["FLINKS_X_API_KEY"] }
