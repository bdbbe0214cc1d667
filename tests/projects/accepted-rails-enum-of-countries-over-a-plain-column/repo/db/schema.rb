ActiveRecord::Schema[7.1].define(version: 1) do
  create_table "bank_links" do |t|
    t.string "flinks_login_id", null: false
    t.string "territory", null: false
  end

  create_table "old_links" do |t|
    t.string "flinks_login_id", null: false
    t.integer "territory", null: false
  end
end
