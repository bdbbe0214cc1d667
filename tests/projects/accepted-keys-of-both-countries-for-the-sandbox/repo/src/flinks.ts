const SANDBOX = "https://toolbox-api.private.fin.ag/v3";

export function baseUrl(country: "ca" | "us") {
  if (process.env.NODE_ENV === "development") return SANDBOX;
  return `https://northwind-${country}-api.private.fin.ag/v3`;
}

export const keys = { ca: process.env.FLINKS_CA_SECRET_KEY, us: process.env.FLINKS_US_SECRET_KEY };
