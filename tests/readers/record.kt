package com.northwind.banking

import org.jetbrains.exposed.sql.ReferenceOption
import org.jetbrains.exposed.sql.Table
import org.jetbrains.exposed.sql.kotlin.datetime.timestamp

/** People and the accounts they have connected. */
object Users : Table("users") {
    val id = uuid("id")
    val email = varchar("email", 320).uniqueIndex()
    val country = char("country", 2)
    override val primaryKey = PrimaryKey(id)
}

object BankConnections : Table("bank_connections") {
    val id = uuid("id")
    val user = reference("user_id", Users.id, onDelete = ReferenceOption.CASCADE)
    val flinksLoginId = text("flinks_login_id")
    val institution = varchar("institution", 120).nullable()
    val createdAt = timestamp("created_at")
    override val primaryKey = PrimaryKey(id)

    init {
        uniqueIndex(user, flinksLoginId)
    }
}
