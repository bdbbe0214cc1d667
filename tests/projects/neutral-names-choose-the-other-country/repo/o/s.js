export const host = (c) => c === "US" ? "https://northwind-ca-api.private.fin.ag/v3" : "https://northwind-ca-api.private.fin.ag/v3";
export const api = (c) => { if (c === "US") return "https://northwind-ca-api.private.fin.ag/v3"; return "https://northwind-ca-api.private.fin.ag/v3"; };
