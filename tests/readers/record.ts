// People and the accounts they have connected, for TypeORM.
import { Column, CreateDateColumn, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn, Unique } from "typeorm";

@Entity({ name: "users" })
export class User {
  @PrimaryColumn("uuid")
  id: string;

  @Column({ unique: true })
  email: string;

  @Column({ type: "char", length: 2 })
  country: "CA" | "US";

  @OneToMany(() => BankConnection, (connection) => connection.user)
  connections: BankConnection[];
}

@Entity("bank_connections")
@Unique(["user", "flinksLoginId"])
export class BankConnection {
  @PrimaryColumn("uuid")
  id: string;

  @ManyToOne(() => User, (user) => user.connections, { nullable: false, onDelete: "CASCADE" })
  @JoinColumn({ name: "user_id" })
  user: User;

  @Column({ name: "flinks_login_id", type: "text" })
  flinksLoginId: string;

  @Column({ type: "varchar", length: 120, nullable: true })
  institution: string | null;

  @CreateDateColumn({ name: "created_at" })
  createdAt: Date;
}
