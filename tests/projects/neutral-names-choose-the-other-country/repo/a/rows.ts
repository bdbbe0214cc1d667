export const FLINKS = [
  { instance: "northwind-us", apiUrl: "https://northwind-ca-api.private.fin.ag/v3", secretKey: process.env.FLINKS_US_SECRET_KEY },
  { instance: "northwind-ca", apiUrl: "https://northwind-ca-api.private.fin.ag/v3", secretKey: process.env.FLINKS_CA_SECRET_KEY },
];
