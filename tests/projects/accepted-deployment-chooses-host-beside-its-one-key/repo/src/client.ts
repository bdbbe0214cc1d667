import { createClient } from "./http";

const COUNTRY = process.env.COUNTRY;

export function client() {
  return createClient({
    baseUrl: COUNTRY === "US" ? "https://northwind-us-api.private.fin.ag/v3" : "https://northwind-ca-api.private.fin.ag/v3",
    apiKey: process.env.FLINKS_API_KEY,
  });
}
