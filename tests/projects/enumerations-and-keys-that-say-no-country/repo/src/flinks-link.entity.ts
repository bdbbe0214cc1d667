import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

export enum Channel {
  Web = "web",
  App = "app",
}

@Entity("flinks_links")
export class FlinksLink {
  @PrimaryGeneratedColumn() id: number;
  @Column() loginId: string;
  @Column({ type: "enum", enum: Channel }) channel: Channel;
}
