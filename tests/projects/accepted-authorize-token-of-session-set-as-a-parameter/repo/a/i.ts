export function iframe(token: string) {
  const url = new URL("https://northwind-ca-iframe.private.fin.ag/v2/");
  url.searchParams.set("authorizeToken", token);
  url.searchParams.set("customerName", "3a9c2f10-7be4-4d0e-9f2a-61c8d5b7e001");
  return url.toString();
}
