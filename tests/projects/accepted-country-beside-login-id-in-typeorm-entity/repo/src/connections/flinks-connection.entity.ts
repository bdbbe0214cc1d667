import { Column, CreateDateColumn, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';

import { User } from '../users/user.entity';

@Entity({ name: 'flinks_connections' })
export class FlinksConnection {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id' })
  user: User;

  @Index()
  @Column({ name: 'login_id', type: 'varchar', length: 64 })
  loginId: string;

  @Column({ type: 'char', length: 2 })
  country: 'CA' | 'US';

  @Column({ nullable: true })
  institution?: string;

  @CreateDateColumn({ name: 'created_at' })
  createdAt: Date;
}
