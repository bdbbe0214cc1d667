import Config

config :lending, :flinks, timeout: 30_000

import_config "#{config_env()}.exs"
