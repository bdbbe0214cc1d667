exports.instances = {
  CA: {
    api: "https://northwind-ca-api.private.fin.ag/v3",
    secretKey: process.env.FLINKS_CA_SECRET_KEY,
  },
  US: {
    api: "https://northwind-us-api.private.fin.ag/v3",
    secretKey: process.env.FLINKS_US_SECRET_KEY,
  },
};
