import Config

# The sandbox is https://toolbox-api.private.fin.ag/v3.
config :lending, :flinks,
  url: "https://northwind-ca-api.private.fin.ag/v3"
