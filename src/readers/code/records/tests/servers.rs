//! Python, Ruby, PHP, Elixir, and the languages that are compiled.

use super::{shown, writes};

#[test]
fn django() {
    let text = r#"
class Owned(models.Model):
    country = models.CharField(max_length=2)
    class Meta:
        abstract = True
class BankLink(Owned, TimeStampedModel):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    team = models.OneToOneField("accounts.Team", null=True, on_delete=models.SET_NULL)
    login_id = models.CharField(max_length=64, db_column="flinks_login")
    class Meta:
        db_table = "links"
class LinkSerializer(serializers.Serializer):
    login_id = serializers.CharField()
class LinkForm(forms.Form):
    login_id = forms.CharField()
"#;
    assert_eq!(
        shown("bank/models.py", text),
        [
            "Part Owned (country!)",
            "Model BankLink as links < Owned (user! -> django.contrib.auth.user, team -> accounts.Team, login_id/flinks_login!)",
        ]
    );
    let text = r#"
class Migration(migrations.Migration):
    dependencies = [("bank", "0001_initial"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(name="BankLink", fields=[("id", models.AutoField(primary_key=True)), ("login_id", models.CharField())], options={"db_table": "links"}),
        migrations.AddField(model_name="banklink", name="country", field=models.CharField(null=True)),
        migrations.RemoveField("banklink", "note"),
        migrations.RenameField(model_name="banklink", old_name="a", new_name="b"),
        migrations.RunSQL("ALTER TABLE links ADD market text", reverse_sql="ALTER TABLE links DROP market"),
    ]
"#;
    assert_eq!(
        shown("bank/migrations/0002_links.py", text),
        [
            "Table BankLink as links (id!, login_id!)",
            "add banklink.country",
            "drop banklink.note",
            "rename banklink.a to b",
            "add links.market",
        ]
    );
}

#[test]
fn sqlalchemy() {
    let text = r#"
class Owned:
    tenant = Column(String)
class Link(Owned, Base):
    __tablename__ = "links"
    __table_args__ = {"schema": "us"}
    id = Column(Integer, primary_key=True)
    login_id = db.Column("flinks_login", db.String(64), nullable=False)
    user_id = Column(ForeignKey("public.users.id"), nullable=False)
    user = relationship("User")
links = Table("raw_links", metadata, Column("login_id", String), schema="us")
"#;
    assert_eq!(
        shown("a.py", text),
        [
            "Part Owned (tenant)",
            "Model Link as links < Owned (id!, login_id/flinks_login!, user_id! -> public.users)",
            "Model links as raw_links (login_id)",
        ]
    );
    let text = r#"
from sqlmodel import SQLModel, Field
class LinkBase(SQLModel):
    login_id: str
class Link(LinkBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id")
class LinkRead(BaseModel):
    login_id: str
"#;
    assert_eq!(
        shown("a.py", text)[..2],
        ["Part LinkBase (login_id!)", "Model Link < LinkBase (id, user_id! -> users)"]
    );
    let text = r#"
revision = "b2"
down_revision = "a1"
def upgrade():
    op.create_table("links", sa.Column("login_id", sa.String(), nullable=False), sa.Column("user_id", sa.Integer()), sa.ForeignKeyConstraint(["user_id"], ["users.id"]))
    op.add_column("links", sa.Column("country", sa.String(2), nullable=False))
    op.alter_column("links", "country", new_column_name="market")
    op.alter_column("links", "market", nullable=True)
    with op.batch_alter_table("links") as batch_op:
        batch_op.drop_column("note")
        batch_op.add_column(sa.Column("region", sa.String))
    op.execute("ALTER TABLE links ADD x text")
def downgrade():
    op.drop_table("links")
"#;
    assert_eq!(
        shown("alembic/versions/b2.py", text),
        [
            "Table links (login_id!, user_id -> users)",
            "add links.country!",
            "rename links.country to market",
            "alter links.market Some(false)",
            "drop links.note",
            "add links.region",
            "add links.x",
        ]
    );
}

#[test]
fn rails() {
    let text = r#"
class A < ActiveRecord::Migration[7.1]
  def change
    create_table :links do |t|
      t.references :user, null: false, foreign_key: { to_table: :people }
      t.string :login_id, null: false
      t.string :a, :b
      t.timestamps
    end
    add_column :links, :country, :string, null: false
    add_reference :links, :team, foreign_key: true
    change_table(:links) { |t| t.remove :note; t.rename :a, :c }
    remove_column :links, :x, :string
    rename_column :links, :country, :market
    reversible do |dir|
      dir.up { execute "ALTER TABLE links ADD region text" }
      dir.down { remove_column :links, :y }
    end
  end
end
"#;
    assert_eq!(
        shown("db/migrate/1_a.rb", text),
        [
            "Table links (id!, user/user_id! -> people, login_id!, a, b)",
            "add links.country!",
            "add links.team/team_id -> team",
            "drop links.note",
            "rename links.a to c",
            "drop links.x",
            "rename links.country to market",
            "add links.region",
        ]
    );
    let text = r#"
class Bank::Link < ApplicationRecord
  self.table_name = "links"
  belongs_to :user
  belongs_to :team, class_name: "Org::Team", optional: true
  encrypts :login_id
end
"#;
    assert_eq!(
        shown("app/models/bank/link.rb", text),
        ["add Link as links.user! -> user", "add Link as links.team -> Org::Team"]
    );
}

#[test]
fn php() {
    let text = r#"<?php
return new class extends Migration {
    public function up(): void {
        Schema::create('links', function (Blueprint $table) { $table->id(); $table->foreignId('user_id')->constrained('people'); $table->string('login_id'); $table->foreignIdFor(Team::class)->nullable(); $table->timestamps(); });
        Schema::table('links', function (Blueprint $t) { $t->string('country', 2)->after('login_id'); $t->dropColumn(['note', 'x']); $t->renameColumn('country', 'market'); });
    }
    public function down(): void { Schema::drop('links'); }
};
class Link extends Model { protected $table = 'links'; protected $fillable = ['login_id']; }
"#;
    assert_eq!(
        shown("database/migrations/1_a.php", text),
        [
            "Table links (id!, user_id! -> people, login_id!, TeamId -> Team)",
            "add links.country!",
            "drop links.note",
            "drop links.x",
            "rename links.country to market",
            "add Link as links.login_id",
        ]
    );
    let text = r#"<?php
#[ORM\Entity(repositoryClass: R::class)]
#[ORM\Table(name: 'links')]
class Link {
    #[ORM\Id] #[ORM\Column] private ?int $id = null;
    #[ORM\ManyToOne(targetEntity: User::class)] #[ORM\JoinColumn(nullable: false)] private User $user;
    #[ORM\Column(name: 'login_id', length: 255)] private string $loginId;
    private string $other;
}
class V extends AbstractMigration { public function up(Schema $schema): void { $this->addSql('CREATE TABLE links (login_id VARCHAR(255) NOT NULL)'); } public function down(Schema $schema): void { $this->addSql('DROP TABLE links'); } }
$links = $schema->createTable('links');
$links->addColumn('login_id', 'string', ['notnull' => false]);
"#;
    assert_eq!(
        shown("a.php", text),
        [
            "add links.login_id",
            "Model Link as links (id!, user! -> User, loginId/login_id!)",
            "Table links (login_id!)",
        ]
    );
}

#[test]
fn ecto() {
    let text = r#"
defmodule App.Bank.Link do
  schema "links" do
    field :login_id, :string
    belongs_to :user, App.Accounts.User
    embeds_one :place, Place do
      field :country, :string
    end
    timestamps()
  end
  def changeset(a, b), do: a |> cast(b, [:login_id]) |> validate_required([:login_id, :user_id])
end
defmodule App.Repo.Migrations.X do
  def change do
    create table(:links) do
      add :user_id, references(:users), null: false
    end
    alter table("links") do
      add :country, :string
      remove :note
    end
    rename table(:links), :country, to: :market
  end
end
"#;
    assert_eq!(
        shown("a.ex", text),
        [
            "Model Link as links (login_id!, user/user_id! -> User, country)",
            "Table links (id!, user_id! -> users)",
            "add links.country",
            "drop links.note",
            "rename links.country to market",
        ]
    );
}

/// The same flows in other languages.
#[test]
fn rows_of_other_languages() {
    let python = r#"
cur.execute("INSERT INTO links (user_id, item_id) VALUES (%s, %s)", (user.id, login["Id"]))
db.links.insert_one({"item_id": payload["LoginId"]})
Link.objects.create(user=user, item_id=login_id)
Link.objects.update_or_create(user=user, defaults={"item_id": login_id})
session.add(Link(item_id=login.id))
table.put_item(Item={"pk": login_id})
r.hset(f"links:{user}", mapping={"login_id": login_id})
Link.objects.filter(item_id=login_id)
"#;
    assert_eq!(
        writes("a.py", python),
        [
            "write Table links: user_id, item_id=login.Id",
            "write Document links: item_id=payload.LoginId",
            "write Model Link: user=user, item_id=login_id",
            "write Model Link: user=user, item_id=login_id",
            "write Model Link: item_id=login.id",
            "write Document links: login_id=login_id",
        ]
    );
    let ruby = r#"
Link.create!(user: user, item_id: login["Id"])
link.update!(item_id: payload.dig("Login", "Id"))
link.item_id = login_id
Link.where(item_id: login_id)
"#;
    assert_eq!(
        writes("a.rb", ruby),
        [
            "write Model Link: user=user, item_id=login.Id",
            "write Model link: item_id=payload.Login.Id",
            "write Model link: item_id=login_id"
        ]
    );
    let php = "<?php DB::table('links')->insert(['item_id' => $loginId]); Link::create(['item_id' => $data['LoginId']]); $link->item_id = $login->id;";
    assert_eq!(
        writes("a.php", php),
        [
            "write Table links: item_id=loginId",
            "write Model Link: item_id=data.LoginId",
            "write Model link: item_id=login.id"
        ]
    );
    let elixir = r#"%Link{item_id: login["Id"]} |> Repo.insert()"#;
    assert_eq!(writes("a.ex", elixir), ["write Model Link: item_id=login.Id"]);
}

#[test]
fn java_and_kotlin() {
    let text = r#"
@MappedSuperclass abstract class BaseOwned { @Column(length = 8) String region; }
@Entity @Table(name = "links", schema = "us")
public class Link extends BaseOwned {
  @Id @GeneratedValue private UUID id;
  @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "user_id") private User user;
  @Column(name = "login_id", nullable = false) private String loginId;
  @Embedded private Place place;
  @Transient private String x;
  public static final String Y = "y";
}
record LinkRequest(String loginId) {}
class LinkResponse { private String loginId; }
"#;
    assert_eq!(
        shown("Link.java", text),
        [
            "Part BaseOwned (region)",
            "Model Link as links < Place < BaseOwned (id!, user/user_id -> User, loginId/login_id!)"
        ]
    );
    let text = r#"
@Entity(tableName = "links", foreignKeys = [ForeignKey(entity = User::class, parentColumns = ["id"], childColumns = ["userId"])])
data class Link(@PrimaryKey val id: String, @ColumnInfo(name = "login_id") val loginId: String, val userId: String, val note: String?)
data class LinkRequest(val loginId: String)
"#;
    assert_eq!(shown("Link.kt", text), ["Model Link as links (id!, loginId/login_id!, userId! -> User, note)"]);
}

#[test]
fn entity_framework() {
    let text = r#"
public class Link : Entity { public Guid Id { get; set; } public string LoginId { get; set; } = ""; public Guid UserId { get; set; } public User User { get; set; } = null!; public string? Note { get; set; } }
public record LinkRequest(string LoginId);
public class LinkDto { public string LoginId { get; set; } }
"#;
    assert_eq!(shown("Link.cs", text), ["Part Link (Id!, LoginId!, UserId! -> User, User!, Note)"]);
    let text = r#"
public class Db : DbContext {
  public DbSet<Link> Links => Set<Link>();
  protected override void OnModelCreating(ModelBuilder builder) {
    builder.Entity<Link>(e => { e.ToTable("bank_links"); e.Property(x => x.LoginId).HasColumnName("login_id").IsRequired(); e.HasOne(x => x.User).WithMany().HasForeignKey(x => x.UserId).IsRequired(); });
    builder.Entity<Other>().ToTable("others");
  }
}
class C : IEntityTypeConfiguration<Link> { public void Configure(EntityTypeBuilder<Link> b) { b.Property<string>("Region"); } }
"#;
    assert_eq!(
        shown("Db.cs", text),
        [
            "describe Link as Links",
            "add Link.Region",
            "describe Link as bank_links",
            "add Link.LoginId/login_id!",
            "add Link.UserId! -> User",
            "describe Other as others",
        ]
    );
    let text = r#"
public partial class M : Migration {
  protected override void Up(MigrationBuilder migrationBuilder) {
    migrationBuilder.CreateTable(name: "Links", columns: table => new { Id = table.Column<int>(type: "int", nullable: false), UserId = table.Column<int>(nullable: false), LoginId = table.Column<string>(nullable: true) }, constraints: table => { table.ForeignKey(name: "FK", column: x => x.UserId, principalTable: "Users", principalColumn: "Id"); });
    migrationBuilder.AddColumn<string>(name: "Country", table: "Links", nullable: false);
    migrationBuilder.RenameColumn(name: "Country", table: "Links", newName: "Market");
  }
  protected override void Down(MigrationBuilder migrationBuilder) { migrationBuilder.DropTable(name: "Links"); }
}"#;
    assert_eq!(
        shown("Migrations/1_M.cs", text),
        ["Table Links (Id!, UserId! -> Users, LoginId)", "add Links.Country!", "rename Links.Country to Market"]
    );
}

#[test]
fn go() {
    let text = r#"package a
type Link struct {
	gorm.Model
	Owned `gorm:"embedded"`
	LoginID string `gorm:"column:login;not null" json:"login_id"`
	TeamID  *uint
	Team    *Team
}
type LinkRequest struct { LoginID string `json:"login_id"` }
func (Link) TableName() string { return "links" }
"#;
    assert_eq!(shown("a.go", text), ["Model Link as links < Owned (LoginID/login!, TeamID -> Team, Team)"]);
    let text = r#"package schema
type Link struct { ent.Schema }
func (Link) Fields() []ent.Field { return []ent.Field{ field.String("login_id").Unique(), field.String("note").Optional() } }
func (Link) Edges() []ent.Edge { return []ent.Edge{ edge.From("user", User.Type).Ref("links").Unique().Required() } }
"#;
    assert_eq!(shown("ent/schema/link.go", text), ["Model Link (login_id!, note, user! -> User)"]);
}

#[test]
fn rust_swift_and_dart() {
    let text = r#"
#[derive(DeriveEntityModel)]
#[sea_orm(table_name = "links")]
pub struct Model { #[sea_orm(primary_key)] pub id: i32, #[sea_orm(column_name = "login")] pub login_id: String, pub note: Option<String> }
pub struct LinkRequest { pub login_id: String }
"#;
    assert_eq!(shown("a.rs", text), ["Model links (id!, login_id/login!, note)"]);
    let text = r#"
@Model final class Link { @Attribute(.unique) var loginId: String; var note: String?; @Relationship var user: User; @Transient var x = 1 }
struct LinkRequest: Codable { var loginId: String }
"#;
    assert_eq!(shown("a.swift", text), ["Model Link (loginId!, note, user! -> User)"]);
    let text = r#"
@collection class Item { Id id = Isar.autoIncrement; late String loginId; @ignore int x = 1; }
class LinkRequest { final String loginId; }
"#;
    assert_eq!(shown("a.dart", text), ["Model Item (id, loginId)"]);
}

#[test]
fn rows_of_compiled_languages() {
    let java = r#"class S { void f() {
      jdbc.update("INSERT INTO links (user_id, item_id) VALUES (?, ?)", userId, login.getId());
      PreparedStatement ps = conn.prepareStatement("INSERT INTO others (item_id) VALUES (?)"); ps.setString(1, loginId);
      link.setItemId(payload.getLoginId()); Link.builder().itemId(login.getId()).build(); } }"#;
    assert_eq!(
        writes("a.java", java),
        [
            "write Table links: user_id, item_id=login.Id",
            "write Table others: item_id=loginId",
            "write Model link: ItemId=payload.LoginId",
            "write Model Link: itemId=login.Id",
        ]
    );
    let kotlin = r#"fun f() { Links.insert { it[itemId] = login.id }
 db.collection("links").document(id).set(hashMapOf("loginId" to login.id)) }"#;
    assert_eq!(
        writes("a.kt", kotlin),
        ["write Model Links: itemId=login.id", "write Document links: loginId=login.id"]
    );
    let csharp = r#"class W { void F() { conn.ExecuteAsync("INSERT INTO links (item_id) VALUES (@Item)", new { Item = login.Id }); db.Links.Add(new Link { ItemId = login.Id }); link.ItemId = payload.Login.Id; } }"#;
    assert_eq!(
        writes("a.cs", csharp),
        [
            "write Table links: item_id=login.Id",
            "write Model Links: ItemId=login.Id",
            "write Model Link: ItemId=login.Id",
            "write Model link: ItemId=payload.Login.Id",
        ]
    );
    let go = "package a\nfunc f() {\n_, err := db.ExecContext(ctx, `INSERT INTO links (user_id, item_id) VALUES ($1, $2)`, userID, login.ID)\ndb.Create(&Link{ItemID: login.ID})\ncoll := client.Database(\"x\").Collection(\"docs\")\ncoll.InsertOne(ctx, bson.M{\"item\": login.ID})\nrdb.HSet(ctx, \"links:\"+id, \"login_id\", loginID)\n}";
    assert_eq!(
        writes("a.go", go),
        [
            "write Table links: user_id, item_id=login.ID",
            "write Model Link: ItemID=login.ID",
            "write Document docs: item=login.ID",
            "write Document links: login_id=loginID",
        ]
    );
    let rust = r#"fn f() { sqlx::query("INSERT INTO links (a, item_id) VALUES ($1, $2)").bind(a).bind(login.id); diesel::insert_into(links::table).values((links::item.eq(login_id),)); let l = Link { item_id: login.id }; }"#;
    assert_eq!(
        writes("a.rs", rust),
        [
            "write Table links: a, item_id=login.id",
            "write Model links: item=login_id",
            "write Model Link: item_id=login.id"
        ]
    );
    let dart = "void f() { db.insert('links', {'item_id': login.id}); into(links).insert(LinksCompanion.insert(itemId: login.id)); }";
    assert_eq!(
        writes("a.dart", dart),
        [
            "write Table links: item_id=login.id",
            "write Model links: itemId=login.id",
            "write Model Links: itemId=login.id"
        ]
    );
}
