const c = axios.create();
c.defaults.baseURL = "https://northwind-ca-api.private.fin.ag/v3";
c.defaults.headers.common["x-api-key"] = process.env.FLINKS_US_API_KEY;
