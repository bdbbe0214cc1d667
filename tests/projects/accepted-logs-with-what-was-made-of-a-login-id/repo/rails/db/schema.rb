ActiveRecord::Schema[7.1].define(version: 1) do
  create_table "flinks_logins" do |t|
    t.string "login_id", null: false
    t.string "country", null: false
  end
  create_table "accounts" do |t|
    t.bigint "flinks_login_id", null: false
    t.index ["flinks_login_id"], name: "index_accounts_on_flinks_login_id"
  end
  add_foreign_key "accounts", "flinks_logins"
end
