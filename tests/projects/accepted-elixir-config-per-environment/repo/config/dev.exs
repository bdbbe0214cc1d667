import Config

config :lending, :flinks, url: "https://toolbox-api.private.fin.ag/v3", instance: "toolbox"
