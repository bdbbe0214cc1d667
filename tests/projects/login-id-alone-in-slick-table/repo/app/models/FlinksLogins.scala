package models

import slick.jdbc.PostgresProfile.api._

class FlinksLogins(tag: Tag) extends Table[FlinksLogin](tag, "flinks_logins") {
  def id = column[Long]("id", O.PrimaryKey, O.AutoInc)
  def userId = column[Long]("user_id")
  def loginId = column[String]("login_id")
  def * = (id, userId, loginId).mapTo[FlinksLogin]
}
