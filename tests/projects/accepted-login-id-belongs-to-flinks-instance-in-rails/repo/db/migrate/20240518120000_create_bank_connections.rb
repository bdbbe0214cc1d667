class CreateBankConnections < ActiveRecord::Migration[7.1]
  def change
    create_table :bank_connections, id: :uuid do |t|
      t.references :flinks_instance, null: false, foreign_key: true, type: :uuid
      t.string :flinks_login_id, null: false
      t.string :status, null: false, default: "pending"
      t.timestamps
    end
    add_index :bank_connections, :flinks_login_id, unique: true
  end
end
