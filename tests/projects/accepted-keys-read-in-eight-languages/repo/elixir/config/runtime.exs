import Config
config :connect, :flinks, secret_key: System.fetch_env!("FLINKS_SECRET_KEY")
