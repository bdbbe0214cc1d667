import GRDB

// People and the accounts they have connected.
var migrator = DatabaseMigrator()
migrator.registerMigration("create") { db in
    try db.create(table: "users") { t in
        t.primaryKey("id", .blob)
        t.column("email", .text).notNull().unique()
        t.column("country", .text).notNull()
    }
    try db.create(table: "bank_connections") { t in
        t.primaryKey("id", .blob)
        t.column("user_id", .blob).notNull().references("users", onDelete: .cascade)
        t.column("flinks_login_id", .text).notNull()
        t.column("institution", .text)
        t.column("created_at", .datetime).notNull()
    }
}
