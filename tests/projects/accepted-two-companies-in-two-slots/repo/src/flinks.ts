export const flinks = {
  lending: {
    apiUrl: "https://harbour-lending-ca-api.private.fin.ag/v3",
    iframeUrl: "https://harbour-lending-ca-iframe.private.fin.ag/v2/",
  },
  leasing: {
    apiUrl: "https://harbour-leasing-ca-api.private.fin.ag/v3",
    iframeUrl: "https://harbour-leasing-ca-iframe.private.fin.ag/v2/",
  },
};
