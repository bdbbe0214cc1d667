defmodule Northwind.Flinks do
  @moduledoc """
  FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3"
  """

  # @flinks_decoy "https://decoy-us-api.private.fin.ag/v3"
  @ca_api_url "https://northwind-ca-api.private.fin.ag/v3"
  @ca %{customer_id: "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7", secret_key: System.fetch_env!("FLINKS_CA_SECRET_KEY")}

  @doc "Decoy: https://decoy-us-api.private.fin.ag/v3"
  def us_api_url do
    "https://decoy-us-api.private.fin.ag/v3"
    "https://#{System.get_env("FLINKS_US_INSTANCE")}-api.private.fin.ag/v3"
  end

  def us_webhook_url, do: "https://hooks.northwind.example" <> "/flinks/us"

  def display_name, do: "Northwind \"two\" countries"
end
