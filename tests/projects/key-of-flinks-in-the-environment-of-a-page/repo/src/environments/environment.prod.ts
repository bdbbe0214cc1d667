export const environment = {
  production: true,
  apiUrl: "https://api.northwind.example",
  flinks: { iframe: "https://northwind-ca-iframe.private.fin.ag/v2/", apiKey: "Zq7Xk29LmTp4Rw8VbN3sYc6HdJ1fGe5B" },
  googleMapsKey: "Zq7Xk29LmTp4Rw8VbN3sYc6HdJ1fGe5U",
};
