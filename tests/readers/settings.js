// exports.FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3";
/* FLINKS_DECOY: "https://decoy-us-api.private.fin.ag/v3" */
"https://decoy-us-api.private.fin.ag/v3";

module.exports = {
  flinks: {
    ca: {
      apiUrl: "https://northwind-ca-api.private.fin.ag/v3",
      customerId: '7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7',
      secretKey: process.env.FLINKS_CA_SECRET_KEY,
    },
    us: {
      apiUrl: `https://${process.env.FLINKS_US_INSTANCE}-api.private.fin.ag/v3`,
      webhookUrl: "https://hooks.northwind.example" + '/flinks/us',
    },
    displayName: 'Northwind "two\u0022 countries',
  },
};
