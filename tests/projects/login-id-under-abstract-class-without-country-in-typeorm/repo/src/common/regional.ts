import { Column, CreateDateColumn, PrimaryGeneratedColumn } from 'typeorm';

export abstract class Regional {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column({ name: 'tenant_id', length: 8 })
  tenantId: string;
}
