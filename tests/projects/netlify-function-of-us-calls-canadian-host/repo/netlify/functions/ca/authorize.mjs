const API = "https://northwind-ca-api.private.fin.ag/v3";

export default async (request) => {
  const { loginId } = await request.json();
  const answer = await fetch(`${API}/BankingServices/Authorize`, {
    method: "POST",
    headers: { "flinks-auth-key": Netlify.env.get("FLINKS_CA_SECRET_KEY") },
    body: JSON.stringify({ LoginId: loginId }),
  });
  return Response.json(await answer.json());
};
