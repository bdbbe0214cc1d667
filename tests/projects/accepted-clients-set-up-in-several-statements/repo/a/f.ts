const ca = axios.create();
ca.defaults.baseURL = "https://northwind-ca-api.private.fin.ag/v3";
ca.defaults.headers.common["x-api-key"] = process.env.FLINKS_CA_API_KEY;
const us = axios.create();
us.defaults.baseURL = "https://northwind-us-api.private.fin.ag/v3";
us.defaults.headers.common["x-api-key"] = process.env.FLINKS_US_API_KEY;
