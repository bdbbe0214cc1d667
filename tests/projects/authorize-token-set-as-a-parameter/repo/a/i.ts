export function iframe() {
  const url = new URL("https://northwind-ca-iframe.private.fin.ag/v2/");
  url.searchParams.set("authorizeToken", "3a9c2f10-7be4-4d0e-9f2a-61c8d5b7e001");
  return url.toString();
}
export function two() {
  const params = new URLSearchParams({ demo: "false" });
  params.append("authorizeToken", "3a9c2f10-7be4-4d0e-9f2a-61c8d5b7e002");
  return `https://northwind-ca-iframe.private.fin.ag/v2/?${params}`;
}
