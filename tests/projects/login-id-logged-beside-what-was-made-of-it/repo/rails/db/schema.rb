ActiveRecord::Schema[7.1].define(version: 1) do
  create_table "accounts" do |t|
    t.string "flinks_login_id", null: false
    t.string "country", null: false
  end
end
