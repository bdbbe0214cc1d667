import Config

if config_env() == :prod do
  config :lending, :flinks,
    customer_id: System.fetch_env!("FLINKS_CUSTOMER_ID"),
    secret_key: System.fetch_env!("FLINKS_SECRET_KEY")
end
