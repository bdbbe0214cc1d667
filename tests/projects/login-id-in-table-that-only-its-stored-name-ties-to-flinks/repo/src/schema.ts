import { pgTable, uuid } from "drizzle-orm/pg-core";

export const connections = pgTable("flinks_connections", {
  id: uuid("id").primaryKey(),
  loginId: uuid("login_id").notNull(),
});
