defmodule Northwind.Repo.Migrations.CreateBankConnections do
  use Ecto.Migration

  # People and the accounts they have connected.
  def change do
    create table(:users, primary_key: false) do
      add :id, :uuid, primary_key: true
      add :email, :string, null: false
      add :country, :string, size: 2, null: false
    end

    create table(:bank_connections, primary_key: false) do
      add :id, :uuid, primary_key: true
      add :user_id, references(:users, type: :uuid, on_delete: :delete_all), null: false
      add :flinks_login_id, :text, null: false
      add :institution, :string, size: 120
      add :created_at, :utc_datetime, null: false
    end

    create unique_index(:bank_connections, [:user_id, :flinks_login_id])
  end
end
