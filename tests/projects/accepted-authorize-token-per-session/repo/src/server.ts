import axios from "axios";

export async function connectUrl() {
  const { data } = await axios.post(`${process.env.FLINKS_API_URL}/BankingServices/GenerateAuthorizeToken`, null, {
    headers: { "flinks-auth-key": process.env.FLINKS_SECRET_KEY },
  });
  const authorizeToken = data.Token;
  return `https://cobalt-ca-iframe.private.fin.ag/v2/?authorizeToken=${authorizeToken}&demo=false`;
}
