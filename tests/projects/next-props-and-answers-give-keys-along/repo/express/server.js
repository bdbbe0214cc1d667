const express = require("express");
const app = express();
const secretKey = process.env.FLINKS_SECRET_KEY;
app.get("/config", (req, res) => {
  res.json({ iframe: process.env.FLINKS_IFRAME_URL, secretKey });
});
app.get("/connect", (req, res) => res.render("connect", { flinksApiKey: process.env.FLINKS_API_KEY }));
app.get("/token", async (req, res) => {
  const token = await authorize({ secretKey, host: process.env.FLINKS_API_URL });
  res.json({ token });
});
app.get("/status", (req, res) => res.json({ configured: Boolean(secretKey), customerId: process.env.FLINKS_CUSTOMER_ID }));
