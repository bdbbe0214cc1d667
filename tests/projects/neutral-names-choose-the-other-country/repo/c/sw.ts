export function host(c: string) {
  switch (c) {
    case "CA": return "https://northwind-ca-api.private.fin.ag/v3";
    case "US": return "https://northwind-ca-api.private.fin.ag/v3";
  }
}
