import Config
config :app, :flinks, url: "https://northwind-ca-api.private.fin.ag/v3"
