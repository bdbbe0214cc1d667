import Config
config :app, :flinks, url: "https://toolbox-api.private.fin.ag/v3"
import_config "#{config_env()}.exs"
