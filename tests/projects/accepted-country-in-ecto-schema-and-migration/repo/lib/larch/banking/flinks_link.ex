defmodule Larch.Banking.FlinksLink do
  use Ecto.Schema
  import Ecto.Changeset

  @primary_key {:id, :binary_id, autogenerate: true}
  schema "flinks_links" do
    field :login_id, :string
    field :country, Ecto.Enum, values: [:CA, :US]
    belongs_to :user, Larch.Accounts.User, type: :binary_id

    timestamps()
  end

  def changeset(link, attrs) do
    link
    |> cast(attrs, [:login_id, :user_id])
    |> validate_required([:login_id, :user_id])
    |> unique_constraint(:login_id)
  end
end
