export const FLINKS_API_OF_CANADA = "https://northwind-ca-api.private.fin.ag/v3";
export const FLINKS_API_OF_THE_UNITED_STATES = "https://northwind-us-api.private.fin.ag/v3";
