//! Each framework's own ways, a few lines each.

mod servers;

use crate::fact::{Change, Facts, Field, Record};
use crate::readers;
use crate::source::{FileId, Source};

/// `create bank_connections (login_id!, user_id -> users)`
fn shown(path: &str, text: &str) -> Vec<String> {
    let source = Source::new(FileId(0), path, text);
    let facts: Facts = readers::read(&source).expect("a reader");
    for record in &facts.records {
        let bare = |text: &str| text.trim_matches(['"', '\'', '`', '[', ']', '$', '{', '}', '*', '&']).to_owned();
        assert_eq!(bare(source.slice(record.name.span)), bare(&record.name.value), "a place");
    }
    facts.records.iter().map(said).collect()
}

fn said(record: &Record) -> String {
    let stored = record.stored_as.as_ref().map_or(String::new(), |name| format!(" as {}", name.value));
    let name = format!("{}{stored}", record.name.value);
    match &record.change {
        Change::Create { fields, inherits, .. } => {
            let fields: Vec<String> = fields.iter().map(shown_field).collect();
            let above = inherits.iter().map(|name| format!(" < {}", name.value)).collect::<String>();
            format!("{:?} {name}{above} ({})", record.kind, fields.join(", "))
        }
        Change::AddField(field) => format!("add {name}.{}", shown_field(field)),
        Change::DropField(field) => format!("drop {name}.{}", field.value),
        Change::RenameField { from, to } => format!("rename {name}.{} to {}", from.value, to.value),
        Change::RenameTo(to) => format!("rename {name} to {}", to.value),
        Change::AlterField { name: field, required, references } => {
            let to = references.as_ref().map_or(String::new(), |to| format!(" -> {}", to.value));
            format!("alter {name}.{} {required:?}{to}", field.value)
        }
        Change::Drop => format!("drop {name}"),
        Change::Describe => format!("describe {name}"),
        Change::Write { fields } => {
            let fields = fields.iter().map(|field| match &field.holds {
                Some(held) => format!("{}={}", field.name.value, held.value),
                None => field.name.value.clone(),
            });
            format!("write {:?} {name}: {}", record.kind, fields.collect::<Vec<_>>().join(", "))
        }
    }
}

fn shown_field(field: &Field) -> String {
    let stored = field.stored_as.as_ref().map_or(String::new(), |name| format!("/{}", name.value));
    let required = if field.required == Some(true) { "!" } else { "" };
    let to = field.references.as_ref().map_or(String::new(), |to| format!(" -> {}", to.value));
    format!("{}{stored}{required}{to}", field.name.value)
}

fn writes(path: &str, text: &str) -> Vec<String> {
    shown(path, text).into_iter().filter(|line| line.starts_with("write")).collect()
}

#[test]
fn typeorm() {
    let text = r#"
import { Column, Entity, ManyToOne, JoinColumn } from "typeorm";
import { User } from "./user";
@Entity({ name: "bank_connections", schema: "app" })
export class BankConnection extends Owned {
  @PrimaryGeneratedColumn("uuid") id: string;
  @Column({ name: "login_id", type: "varchar" }) loginId: string;
  @Column("text", { nullable: true }) note?: string;
  @Column(() => Place) place: Place;
  @ManyToOne(() => User, (user) => user.banks, { nullable: false })
  @JoinColumn({ name: "user_id" })
  user: Relation<User>;
  @OneToMany(() => Account, (account) => account.bank) accounts: Account[];
  sum() { return 1 }
}
export abstract class Owned { @Column() tenant: string }
export const Thing = new EntitySchema({ name: "Thing", tableName: "things", columns: { loginId: { type: String, name: "login_id" } }, relations: { user: { type: "many-to-one", target: "User", joinColumn: { name: "user_id" }, nullable: false } } });
"#;
    assert_eq!(
        shown("a.ts", text),
        [
            "Model BankConnection as bank_connections < Place < Owned (id!, loginId/login_id!, note, user/user_id! -> User)",
            "Part Owned (tenant!)",
            "Model Thing as things (loginId/login_id!, user/user_id! -> User)",
        ]
    );
    let text = r#"
export class Add1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner) {
    await queryRunner.createTable(new Table({ name: "links", columns: [{ name: "login_id", type: "uuid" }, { name: "note", type: "text", isNullable: true }], foreignKeys: [{ columnNames: ["user_id"], referencedTableName: "users" }] }));
    await queryRunner.addColumn("links", new TableColumn({ name: "country", type: "char" }));
    await queryRunner.dropColumn("links", "note");
    await queryRunner.query(`ALTER TABLE "links" ADD "market" text`);
  }
  async down(queryRunner: QueryRunner) { await queryRunner.dropColumn("links", "country"); }
}"#;
    assert_eq!(
        shown("migrations/1-a.ts", text),
        [
            "Table links (login_id!, note)",
            "alter links.user_id None -> users",
            "add links.country!",
            "drop links.note",
            "add links.market",
        ]
    );
}

#[test]
fn other_decorators() {
    let text = r#"
import { Table, Column, Model, ForeignKey, BelongsTo, AllowNull } from "sequelize-typescript";
@Table({ tableName: "links" })
export class Link extends Model {
  @AllowNull(false) @Column({ field: "login_id" }) loginId: string;
  @ForeignKey(() => User) @AllowNull(false) @Column userId: string;
  @BelongsTo(() => User) user: User;
}"#;
    assert_eq!(shown("a.ts", text), ["Model Link as links (loginId/login_id!, userId! -> User)"]);
    let text = r#"
import { Prop, Schema, SchemaFactory } from "@nestjs/mongoose";
@Schema({ collection: "links" })
export class Link { @Prop({ required: true }) loginId: string; @Prop({ type: Types.ObjectId, ref: "User", required: true }) user: User; }
"#;
    assert_eq!(shown("a.ts", text), ["Document Link as links (loginId!, user! -> User)"]);
    let text = r#"
import { Entity, Property, ManyToOne } from "@mikro-orm/core";
@Entity({ tableName: "links" })
export class Link { @Property({ fieldName: "login_id" }) loginId!: string; @ManyToOne({ entity: () => User }) user!: User; @Property({ nullable: true }) b?: string }
"#;
    assert_eq!(shown("a.ts", text), ["Model Link as links (loginId/login_id!, user! -> User, b)"]);
}

#[test]
fn sequelize() {
    let text = r#"
const Link = sequelize.define('Link', {
  loginId: { type: DataTypes.STRING, allowNull: false, field: 'login_id' },
  note: DataTypes.TEXT,
  userId: { type: DataTypes.UUID, allowNull: false, references: { model: 'users', key: 'id' } },
}, { tableName: 'links' });
Link.belongsTo(models.Team, { foreignKey: { name: 'teamId', allowNull: false } });
Other.init({ loginId: DataTypes.STRING }, { sequelize, modelName: 'Other' });
"#;
    assert_eq!(
        shown("a.js", text),
        [
            "Model Link as links (loginId/login_id!, note, userId! -> users)",
            "add Link.teamId! -> Team",
            "Model Other (loginId)",
        ]
    );
    let text = r#"
module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('links', { login_id: { type: Sequelize.STRING, allowNull: false } });
    await queryInterface.addColumn('links', 'country', { type: Sequelize.STRING(2), allowNull: false });
    await queryInterface.renameColumn('links', 'country', 'market');
    await queryInterface.removeColumn({ tableName: 'links', schema: 'us' }, 'note');
  },
  down: async (queryInterface) => { await queryInterface.dropTable('links'); },
};"#;
    assert_eq!(
        shown("migrations/1-a.js", text),
        ["Table links (login_id!)", "add links.country!", "rename links.country to market", "drop links.note"]
    );
}

#[test]
fn mongoose() {
    let text = r#"
const mongoose = require("mongoose");
const linkSchema = new mongoose.Schema({
  flinks: { loginId: { type: String, required: true }, last: Date },
  user: { type: mongoose.Schema.Types.ObjectId, ref: "User", required: true },
  places: [{ country: String }],
}, { collection: "links" });
module.exports = mongoose.model("Link", linkSchema);
"#;
    assert_eq!(
        shown("a.js", text),
        ["Document Link as links (flinks, loginId!, last, user! -> User, places, country)"]
    );
}

#[test]
fn drizzle() {
    let text = r#"
import { pgTable, pgSchema, text, uuid } from "drizzle-orm/pg-core";
const times = { createdAt: timestamp("created_at").notNull() };
export const links = pgTable("bank_links", {
  id: uuid().primaryKey(),
  loginId: text("login_id").notNull(),
  userId: uuid("user_id").notNull().references(() => users.id, { onDelete: "cascade" }),
  note: text(),
  ...times,
});
"#;
    assert_eq!(
        shown("a.ts", text),
        ["Model links as bank_links (id!, loginId/login_id!, userId/user_id! -> users, note, createdAt/created_at!)"]
    );
}

#[test]
fn knex() {
    let text = r#"
exports.up = async (knex) => {
  await knex.schema.createTable("links", (table) => {
    table.increments();
    table.string("login_id").notNullable();
    table.uuid("user_id").notNullable().references("id").inTable("users");
    table.uuid("team_id").references("teams.id");
    table.timestamps(true, true);
    table.unique(["login_id"]);
  });
  return knex.schema.alterTable("links", function (t) { t.string("country").notNullable(); t.dropColumn("note"); t.renameColumn("a", "b"); t.string("x").nullable().alter(); });
};
exports.down = (knex) => knex.schema.dropTable("links");
"#;
    assert_eq!(
        shown("migrations/1.js", text),
        [
            "Table links (id!, login_id!, user_id! -> users, team_id -> teams)",
            "add links.country!",
            "drop links.note",
            "rename links.a to b",
            "alter links.x Some(false)",
        ]
    );
}

#[test]
fn objection() {
    let text = r#"class Link extends Model {
  static get tableName() { return 'links'; }
  static get jsonSchema() { return { required: ['loginId'], properties: { loginId: { type: 'string' }, note: {} } }; }
}"#;
    assert_eq!(shown("a.js", text), ["Model Link as links (loginId!, note)"]);
}

#[test]
fn documents() {
    let text = r#"
new dynamodb.Table(this, "Links", { tableName: "links", partitionKey: { name: "loginId", type: dynamodb.AttributeType.STRING }, sortKey: { name: "country", type: X } });
db.createCollection("links", { validator: { $jsonSchema: { properties: { loginId: { bsonType: "string" } } } } });
"#;
    assert_eq!(shown("a.ts", text), ["Document links (loginId!, country!)", "Document links (loginId)"]);
}

/// The text of a statement keeps its places, whatever holes it has.
#[test]
fn sql_in_strings() {
    let text = r#"
await db.query(`CREATE TABLE IF NOT EXISTS links (login_id text NOT NULL, user_id int)`);
await db.query('INSERT INTO links (user_id, item_id) VALUES ($1, $2)', [user.id, login.id]);
await sql`INSERT INTO links (item_id, b) VALUES (${data.LoginId}, ${x + 1}) RETURNING *`;
await prisma.$executeRaw`UPDATE ${table} SET item_id = ${loginId} WHERE id = ${id}`;
const text = "INSERT INTO " + name + " (item_id) VALUES (?)";
db.run(text, [loginId]);
db.prepare("INSERT INTO links (a, item_id) VALUES (?, ?)").run(user.id, login.id);
const insert = db.prepare("INSERT INTO links (item_id) VALUES (@item)");
insert.run({ item: login.id });
log("update your settings");
"#;
    assert_eq!(
        shown("a.js", text),
        [
            "Table links (login_id!, user_id)",
            "write Table links: user_id, item_id=login.id",
            "write Table links: item_id=data.LoginId, b=x",
            "write Table ${table}: item_id=loginId",
            "write Table ${name}: item_id=loginId",
            "write Table links: a, item_id=login.id",
            "write Table links: item_id=login.id",
        ]
    );
}

#[test]
fn rows() {
    let text = r#"
await prisma.bankConnection.create({ data: { userId, providerItemId: login.id } });
await prisma.link.upsert({ where: { loginId }, create: { externalId: data.LoginId }, update: { note } });
await db.collection("links").insertOne({ loginId, flinks: { country } });
await db.collection("links").updateOne({ loginId }, { $set: { itemId: payload["LoginId"] } });
await firestore.collection("links").doc(uid).set({ item_id: event.Login.Id }, { merge: true });
await setDoc(doc(db, "users", uid, "links", id), { loginId });
await supabase.from("links").insert([{ item_id: encrypt(loginId) }]);
await knex("links").insert({ item_id: loginId });
await db.insert(links).values({ itemId: loginId });
await Link.create({ itemId: loginId });
await Link.update({ itemId: loginId }, { where: { id } });
await this.linkRepository.save({ itemId: loginId });
await client.send(new PutCommand({ TableName: "links", Item: { pk: { S: loginId } } }));
await redis.hset(`links:${id}`, { login_id: loginId });
link.itemId = login.id;
const found = await prisma.link.findFirst({ where: { itemId: loginId } });
axios.put("/x", { a: 1 });
const itemId = body.LoginId; await Link.create({ itemId, note });
"#;
    assert_eq!(
        writes("a.ts", text),
        [
            "write Table bankConnection: userId=userId, providerItemId=login.id",
            "write Table link: externalId=data.LoginId, note=note",
            "write Document links: loginId=loginId, flinks, country=country",
            "write Document links: itemId=payload.LoginId",
            "write Document links: item_id=event.Login.Id",
            "write Document links: loginId=loginId",
            "write Table links: item_id=loginId",
            "write Table links: item_id=loginId",
            "write Model links: itemId=loginId",
            "write Model Link: itemId=loginId",
            "write Model Link: itemId=loginId",
            "write Model link: itemId=loginId",
            "write Document links: pk=loginId",
            "write Document links: login_id=loginId",
            "write Model Link: itemId=body.LoginId, note=note",
            "write Model link: itemId=login.id",
        ]
    );
}

/// What is sent, received or checked is stored by nobody.
#[test]
fn contracts_are_silent() {
    let text = r#"
export interface ConnectRequest { loginId: string; userId: string }
export type Row = { loginId: string };
export const Body = z.object({ loginId: z.string().uuid() });
export class ConnectDto { @IsString() loginId: string; @ApiProperty() requestId: string }
function link(loginId: string, { requestId }) { return fetch("/api/links", { method: "POST", body: JSON.stringify({ loginId }) }); }
const [state, setState] = useState({ loginId: null });
bus.publish("linked", { loginId });
form.set("x", { loginId });
"#;
    assert_eq!(shown("a.ts", text), Vec::<String>::new());
}
