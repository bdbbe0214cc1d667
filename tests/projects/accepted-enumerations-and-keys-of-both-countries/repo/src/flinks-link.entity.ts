import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";
import { Site } from "./site";

export enum Deployment {
  NorthwindCa = "northwind-ca",
  NorthwindUs = "northwind-us",
}

@Entity("flinks_links")
export class FlinksLink {
  @PrimaryGeneratedColumn() id: number;
  @Column() loginId: string;
  @Column({ type: "enum", enum: Deployment }) deployment: Deployment;
}

@Entity("flinks_cards")
export class FlinksCard {
  @PrimaryGeneratedColumn() id: number;
  @Column() flinksLoginId: string;
  @Column({ type: "enum", enum: Site }) site: Site;
}
