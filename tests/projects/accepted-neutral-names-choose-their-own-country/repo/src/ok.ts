export function host(c: string) {
  switch (c) {
    case "CA": return "https://northwind-ca-api.private.fin.ag/v3";
    case "US": return "https://northwind-us-api.private.fin.ag/v3";
  }
}
const tenants = { US: "northwind-us", CA: "northwind-ca" };
export const url = (c: "US" | "CA") => `https://${tenants[c]}-api.private.fin.ag/v3`;
export const byRow = [
  { instance: "northwind-us", apiUrl: "https://northwind-us-api.private.fin.ag/v3", secretKey: process.env.FLINKS_US_SECRET_KEY },
  { instance: "northwind-ca", apiUrl: "https://northwind-ca-api.private.fin.ag/v3", secretKey: process.env.FLINKS_CA_SECRET_KEY },
];
// States, people and phones are no instances.
export function ofState(s: string) {
  switch (s) {
    case "CA": return "https://northwind-us-api.private.fin.ag/v3";
    case "NY": return "https://northwind-us-api.private.fin.ag/v3";
  }
}
export const ofPerson = (p: Person) => p.nationality === "US" ? "https://northwind-ca-api.private.fin.ag/v3" : "https://northwind-ca-api.private.fin.ag/v3";
export const notUs = (c: string) => c !== "US" ? "https://northwind-ca-api.private.fin.ag/v3" : "https://northwind-us-api.private.fin.ag/v3";
export const prefix = (x: string) => x === "US" ? "+1" : "+44";
const labels = { US: "United States", CA: "Canada" };
export const title = (c: string) => labels[c];
