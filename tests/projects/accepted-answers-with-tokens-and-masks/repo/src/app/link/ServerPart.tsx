import "server-only";
export default async function ServerPart({ secretKey }: { secretKey: string }) {
  const r = await fetch("https://northwind-ca-api.private.fin.ag/v3/x", { headers: { "flinks-auth-key": secretKey } });
  return <p>{r.status}</p>;
}
