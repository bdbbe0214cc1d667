export const PROVIDERS = {
  CA: {
    provider: "flinks",
    apiUrl: "https://northwind-ca-api.private.fin.ag/v3",
    secretKey: process.env.FLINKS_SECRET_KEY,
    webhookSecret: process.env.FLINKS_WEBHOOK_SECRET,
  },
  US: { provider: "plaid", apiUrl: "https://production.plaid.example", secretKey: process.env.PLAID_SECRET },
};
