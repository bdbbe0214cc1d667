function sandbox() {
  return "https://toolbox-api.private.fin.ag/v3";
}

export const flinks = {
  ca: {
    baseUrl: sandbox(),
    secretKey: process.env.FLINKS_CA_SECRET_KEY,
    webhookSecret: process.env.FLINKS_CA_WEBHOOK_SECRET,
  },
  us: { baseUrl: sandbox(), secretKey: process.env.FLINKS_US_SECRET_KEY },
};
