export const instances = {
  CA: {
    apiUrl: "https://cedarpay-ca-api.private.fin.ag/v3",
    secretKey: process.env.FLINKS_US_SECRET_KEY,
  },
  US: {
    apiUrl: "https://cedarpay-us-api.private.fin.ag/v3",
    secretKey: process.env.FLINKS_US_SECRET_KEY,
  },
};
