'use client'

import { flinksClient } from '@northwind/banking'

export const Connect = () => <button onClick={() => flinksClient.accounts()}>Accounts</button>
