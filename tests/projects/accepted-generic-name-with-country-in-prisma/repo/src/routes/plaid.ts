import { Router } from 'express';

import { plaid } from '../clients/plaid';
import { prisma } from '../db';

export const plaidRoutes = Router();

plaidRoutes.post('/exchange', async (req, res) => {
  const exchanged = await plaid.itemPublicTokenExchange({ public_token: req.body.publicToken });
  await prisma.bankItem.create({
    data: { userId: req.user.id, provider: 'plaid', providerItemId: exchanged.data.item_id },
  });
  res.sendStatus(204);
});
