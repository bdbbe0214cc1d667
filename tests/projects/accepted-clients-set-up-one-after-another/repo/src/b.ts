const client = new FlinksClient();
if (country === "US") {
  client.setBaseUrl("https://northwind-us-api.private.fin.ag/v3");
  client.setSecretKey(process.env.FLINKS_US_SECRET_KEY);
} else {
  client.setBaseUrl("https://northwind-ca-api.private.fin.ag/v3");
  client.setSecretKey(process.env.FLINKS_CA_SECRET_KEY);
}
