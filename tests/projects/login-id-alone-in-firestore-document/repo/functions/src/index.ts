import { onRequest } from 'firebase-functions/v2/https';
import { getFirestore } from 'firebase-admin/firestore';

export const flinksWebhook = onRequest(async (request, response) => {
  const { Login, Tag } = request.body;
  await getFirestore()
    .collection('bankConnections')
    .doc(Tag)
    .set({ loginId: Login.Id, status: 'linked', updatedAt: new Date() }, { merge: true });
  response.send('ok');
});
