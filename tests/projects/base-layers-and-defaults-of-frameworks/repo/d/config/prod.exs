import Config
config :app, :flinks, secret_key: {:system, "FLINKS_SECRET_KEY"}
