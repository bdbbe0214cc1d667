import Config
config :app, :flinks, url: "https://toolbox-api.private.fin.ag/v3", secret_key: {:system, "FLINKS_SECRET_KEY"}
import_config "#{config_env()}.exs"
