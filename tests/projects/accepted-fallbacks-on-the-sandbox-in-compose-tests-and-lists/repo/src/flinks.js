module.exports = {
  flinks: {
    apiUrl: "https://harbour-ca-api.private.fin.ag/v3",
    iframeUrl: "https://harbour-ca-iframe.private.fin.ag/v2/",
    customerId: process.env.FLINKS_CUSTOMER_ID,
  },
  csp: { frameSrc: ["https://harbour-ca-iframe.private.fin.ag", "https://toolbox-iframe.private.fin.ag"] },
};
