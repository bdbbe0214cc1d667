import { Column, CreateDateColumn, PrimaryGeneratedColumn } from 'typeorm';

export abstract class Regional {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ name: 'data_region', length: 8 })
  dataRegion: string;
}
