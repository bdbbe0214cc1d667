export const handler = (req, res) => res.json({ clientSecret: intent.client_secret });
