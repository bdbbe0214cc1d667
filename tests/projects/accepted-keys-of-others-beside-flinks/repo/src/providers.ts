export const plaid = { clientId: "northwind", secret: "q7Zk2Vx9Lm4Tb1Wp" };
export const geo = axios.create({
  baseURL: "https://geo.example/v1",
  headers: { "x-api-key": "m9Tb5Lc3Gy8Qe1Ua4Ok7" },
});
export const flinks = axios.create({
  baseURL: "https://birchwood-ca-api.private.fin.ag/v3",
  headers: { "x-api-key": process.env.FLINKS_X_API_KEY },
});
