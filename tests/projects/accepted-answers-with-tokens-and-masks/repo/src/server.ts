import express from "express";
import { FlinksClient } from "./flinks";
const app = express();
app.get("/token", async (req, res) => {
  const client = new FlinksClient({ host: process.env.FLINKS_API_URL, secretKey: process.env.FLINKS_SECRET_KEY });
  res.json({ authorizeToken: await client.authorize(), instance: process.env.FLINKS_INSTANCE });
});
app.get("/health", (req, res) => res.json({ flinks: { secretKey: Boolean(process.env.FLINKS_SECRET_KEY) ? "set" : "missing", apiKey: mask(process.env.FLINKS_API_KEY) } }));
app.get("/settings", (req, res) => res.json({ secretKey: "••••", flinksSecretKeyLast4: process.env.FLINKS_SECRET_KEY.slice(-4), flinksSecretKeySet: !!process.env.FLINKS_SECRET_KEY }));
app.get("/x", async (req, res) => res.json(await axios.get(url, { headers: { "x-api-key": process.env.FLINKS_API_KEY } })));
app.get("/stripe", (req, res) => res.json({ clientSecret: intent.client_secret }));
app.post("/plaid", (req, res) => res.json({ accessToken: plaid.access_token, publicKey: process.env.STRIPE_PUBLIC_KEY }));
app.get("/session", (req, res) => res.json({ token: req.flinksToken, bearer: flinksBearer }));
