import Config

config :lending, Lending.Flinks.Canada,
  host: "https://spruceline-ca-api.private.fin.ag",
  x_api_key: System.fetch_env!("FLINKS_X_API_KEY")

config :lending, Lending.Flinks.UnitedStates,
  host: "https://spruceline-us-api.private.fin.ag",
  x_api_key: System.fetch_env!("FLINKS_X_API_KEY")
