ActiveRecord::Schema[7.1].define(version: 2024_05_18_120000) do
  create_table "bank_links", force: :cascade do |t|
    t.bigint "user_id", null: false
    t.string "vendor_ref"
    t.datetime "created_at", null: false
  end
end
