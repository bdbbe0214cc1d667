const client = new FlinksClient();
client.setBaseUrl(country === "US" ? "https://northwind-us-api.private.fin.ag/v3" : "https://northwind-ca-api.private.fin.ag/v3");
client.setSecretKey(country === "US" ? process.env.FLINKS_US_SECRET_KEY : process.env.FLINKS_CA_SECRET_KEY);
const us = country === "US";
client.setBaseUrl(us ? process.env.FLINKS_US_URL : process.env.FLINKS_CA_URL);
