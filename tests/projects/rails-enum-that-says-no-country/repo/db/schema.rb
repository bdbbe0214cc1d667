ActiveRecord::Schema[7.1].define(version: 1) do
  create_table "bank_links" do |t|
    t.string "flinks_login_id", null: false
    t.string "kind", null: false
  end
end
