import { createClient } from "./http";

export function client(country: "CA" | "US") {
  if (country === "US") {
    return createClient({ baseUrl: "https://northwind-us-api.private.fin.ag/v3", apiKey: process.env.FLINKS_US_API_KEY });
  }
  return createClient({ baseUrl: "https://northwind-ca-api.private.fin.ag/v3" });
}
