const BASE = "https://northwind-us-api.private.fin.ag/v3";

export const accounts = (id: string) => fetch(`${BASE}/accounts/${id}`, { headers: { "x-api-key": "nw-prod-0417-us" } });
