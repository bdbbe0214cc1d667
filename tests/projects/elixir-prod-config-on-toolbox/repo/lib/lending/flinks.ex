defmodule Lending.Flinks do
  @moduledoc """
  Talks to Flinks. In development that is https://toolbox-api.private.fin.ag/v3.
  """

  def authorize(login_id) do
    config = Application.fetch_env!(:lending, :flinks)
    url = "#{config[:url]}/#{config[:customer_id]}/BankingServices/Authorize"
    Req.post!(url, json: %{LoginId: login_id}, headers: [{"flinks-auth-key", config[:secret_key]}])
  end
end
