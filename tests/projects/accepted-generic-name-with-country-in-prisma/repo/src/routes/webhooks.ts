import { Router } from 'express';

import { FlinksClient } from '../clients/flinks';
import { prisma } from '../db';

export const webhooks = Router();

webhooks.post('/flinks', async (req, res) => {
  const { Login: login, Tag: userId } = req.body;
  const client = new FlinksClient(process.env.FLINKS_BASE_URL!);
  await client.confirm(login.Id);
  await prisma.bankItem.upsert({
    where: { provider_providerItemId: { provider: 'flinks', providerItemId: login.Id } },
    create: { userId, provider: 'flinks', providerItemId: login.Id, country: req.query.country as string },
    update: { userId },
  });
  res.sendStatus(204);
});
