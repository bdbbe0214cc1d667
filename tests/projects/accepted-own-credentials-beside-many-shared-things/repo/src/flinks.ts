const common = {
  apiKeyHeader: "x-api-key",
  authHeader: "flinks-auth-key",
  timeout: 30_000,
};

export const instances = {
  CA: {
    ...common,
    flinksUrl: "https://spruceline-ca-api.private.fin.ag/v3",
    flinksSecretKey: process.env.FLINKS_CA_SECRET_KEY,
    plaidSecret: process.env.PLAID_SECRET,
    clientSecret: process.env.KEYCLOAK_CLIENT_SECRET,
    sessionSecret: process.env.SESSION_SECRET,
  },
  US: {
    ...common,
    flinksUrl: "https://spruceline-us-api.private.fin.ag/v3",
    flinksSecretKey: process.env.FLINKS_US_SECRET_KEY,
    plaidSecret: process.env.PLAID_SECRET,
    clientSecret: process.env.KEYCLOAK_CLIENT_SECRET,
    sessionSecret: process.env.SESSION_SECRET,
  },
};
