ActiveRecord::Schema[7.1].define(version: 2024_05_18_120000) do
  create_table "flinks_instances", id: :uuid, default: -> { "gen_random_uuid()" }, force: :cascade do |t|
    t.string "host", null: false
  end

  create_table "bank_connections", id: :uuid, default: -> { "gen_random_uuid()" }, force: :cascade do |t|
    t.uuid "flinks_instance_id", null: false
    t.string "flinks_login_id", null: false
    t.string "status", default: "pending", null: false
    t.datetime "created_at", null: false
    t.datetime "updated_at", null: false
    t.index ["flinks_login_id"], name: "index_bank_connections_on_flinks_login_id", unique: true
  end

  add_foreign_key "bank_connections", "flinks_instances"
end
