export const FLINKS_URL = "https://northwind-us-api.private.fin.ag/v3";
