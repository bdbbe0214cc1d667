export const flinksUrl = "https://northwind-ca-api.private.fin.ag/v3";

export async function authorize(loginId: string, token: string) {
  return fetch(`${flinksUrl}/${process.env.FLINKS_CUSTOMER_ID}/BankingServices/Authorize`, {
    method: "POST",
    headers: { "flinks-auth-key": token },
    body: JSON.stringify({ LoginId: loginId }),
  });
}
