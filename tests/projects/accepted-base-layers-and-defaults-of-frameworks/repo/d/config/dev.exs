import Config
config :app, :flinks, timeout: 1
