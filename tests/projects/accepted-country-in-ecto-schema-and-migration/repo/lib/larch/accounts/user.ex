defmodule Larch.Accounts.User do
  use Ecto.Schema

  schema "users" do
    field :email, :string
    field :confirmed_at, :utc_datetime
  end
end
