# People and the accounts they have connected.
ActiveRecord::Schema[7.1].define(version: 2024_05_18_120000) do
  create_table "users", id: :uuid, force: :cascade do |t|
    t.string "email", null: false
    t.string "country", limit: 2, null: false
    t.index ["email"], name: "index_users_on_email", unique: true
  end

  create_table "bank_connections", id: :uuid, force: :cascade do |t|
    t.references :user, null: false, foreign_key: true, type: :uuid
    t.string "flinks_login_id", null: false
    t.string "institution", limit: 120
    t.datetime "created_at", null: false
  end
end
