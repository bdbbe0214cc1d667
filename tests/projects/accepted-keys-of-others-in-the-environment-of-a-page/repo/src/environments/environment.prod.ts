export const environment = {
  production: true,
  apiUrl: "https://api.northwind.example",
  apiKey: "Zq7Xk29LmTp4Rw8VbN3sYc6HdJ1fGe5B",
  flinksIframe: "https://northwind-ca-iframe.private.fin.ag/v2/",
  googleMapsKey: "Zq7Xk29LmTp4Rw8VbN3sYc6HdJ1fGe5U",
  sentry: { token: "Zq7Xk29LmTp4Rw8VbN3sYc6HdJ1fGe5C" },
};
