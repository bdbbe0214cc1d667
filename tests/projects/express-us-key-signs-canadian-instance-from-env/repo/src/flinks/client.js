const axios = require("axios");

const instance = process.env.FLINKS_INSTANCE;
const customerId = process.env.FLINKS_CUSTOMER_ID;

// https://toolbox-api.private.fin.ag in development
const http = axios.create({
  baseURL: `https://${instance}-api.private.fin.ag/v3/${customerId}`,
  headers: { "flinks-auth-key": process.env.FLINKS_US_SECRET_KEY },
});

async function authorize(loginId) {
  const { data } = await http.post("/BankingServices/Authorize", { LoginId: loginId, MostRecentCached: true });
  return data.RequestId;
}

module.exports = { authorize };
