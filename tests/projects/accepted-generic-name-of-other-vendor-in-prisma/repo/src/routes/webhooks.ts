import { Router } from 'express';

import { FlinksClient } from '../clients/flinks';
import { prisma } from '../db';

export const webhooks = Router();

webhooks.post('/flinks', async (req, res) => {
  const { Login: login, Tag: userId } = req.body;
  const known = await prisma.bankItem.findFirst({ where: { providerItemId: login.Id } });
  await new FlinksClient(process.env.FLINKS_BASE_URL!).confirm(login.Id);
  res.json({ userId, loginId: login.Id, known: known?.id });
});
