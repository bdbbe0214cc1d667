export default {
  flinksConnectUrl: "https://northwind-ca-iframe.private.fin.ag/v2/",
  maps: { apiKey: "Zq7Xk29LmTp4Rw8VbN3sYc6HdJ1fGe5D" },
  analytics: { apiKey: "Zq7Xk29LmTp4Rw8VbN3sYc6HdJ1fGe5E" },
};
