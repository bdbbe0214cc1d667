package com.northwind.banking

import java.time.Instant
import java.util.UUID
import slick.jdbc.PostgresProfile.api._

// People and the accounts they have connected.
class Users(tag: Tag) extends Table[User](tag, "users") {
  def id = column[UUID]("id", O.PrimaryKey)
  def email = column[String]("email", O.Unique)
  def country = column[String]("country")
  def * = (id, email, country).mapTo[User]
}

class BankConnections(tag: Tag) extends Table[BankConnection](tag, "bank_connections") {
  def id = column[UUID]("id", O.PrimaryKey)
  def userId = column[UUID]("user_id")
  def flinksLoginId = column[String]("flinks_login_id")
  def institution = column[Option[String]]("institution")
  def createdAt = column[Instant]("created_at")
  def user = foreignKey("fk_user", userId, TableQuery[Users])(_.id, onDelete = ForeignKeyAction.Cascade)
  def * = (id, userId, flinksLoginId, institution, createdAt).mapTo[BankConnection]
}
