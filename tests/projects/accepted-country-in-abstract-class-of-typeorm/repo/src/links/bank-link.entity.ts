import { Column, Entity } from 'typeorm';

import { Regional } from '../common/regional';

@Entity('bank_links')
export class BankLink extends Regional {
  @Column({ name: 'flinks_login_id' })
  flinksLoginId: string;
}
