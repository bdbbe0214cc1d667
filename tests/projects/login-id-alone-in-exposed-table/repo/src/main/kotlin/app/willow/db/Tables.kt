package app.willow.db

import org.jetbrains.exposed.dao.id.UUIDTable
import org.jetbrains.exposed.sql.javatime.timestamp

/** Banks linked through Flinks. */
object BankLinks : UUIDTable("bank_links") {
    val userId = uuid("user_id").references(Users.id)
    val loginId = varchar("login_id", 36).uniqueIndex()
    val linkedAt = timestamp("linked_at")
}

object Users : UUIDTable("users") {
    val email = varchar("email", 320)
}
