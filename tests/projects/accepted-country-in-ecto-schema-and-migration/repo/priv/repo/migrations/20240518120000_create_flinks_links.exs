defmodule Larch.Repo.Migrations.CreateFlinksLinks do
  use Ecto.Migration

  def change do
    create table(:flinks_links, primary_key: false) do
      add :id, :binary_id, primary_key: true
      add :user_id, references(:users, type: :binary_id, on_delete: :delete_all), null: false
      add :login_id, :string, null: false
      add :country, :string, size: 2, null: false

      timestamps()
    end

    create unique_index(:flinks_links, [:login_id])
  end
end
