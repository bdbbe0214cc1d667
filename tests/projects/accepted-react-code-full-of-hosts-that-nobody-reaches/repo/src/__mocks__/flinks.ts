export const production = { US: "https://northwind-ca-api.private.fin.ag/v3", secret: "test" };
