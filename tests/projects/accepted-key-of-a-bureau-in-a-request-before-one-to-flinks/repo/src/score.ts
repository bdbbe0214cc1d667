export async function score(body: string) {
  const bureau = await fetch("https://api.bureau.example/v1/score", {
    headers: { "x-api-key": "8c1f5a7e-92d4-4b60-a3e8-57d0c9b1f624" },
    body,
  });
  const accounts = await fetch("https://northwind-ca-api.private.fin.ag/v3/x/BankingServices/GetAccountsDetail", {
    headers: { "x-api-key": process.env.FLINKS_X_API_KEY! },
    body,
  });
  return [await bureau.json(), await accounts.json()];
}
