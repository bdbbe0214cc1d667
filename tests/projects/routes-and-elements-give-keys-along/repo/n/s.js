const express = require("express");
const app = express();
app.get("/", (req, res) => {
  res.send(`<html><script>window.__CONFIG__ = ${JSON.stringify({ flinksSecretKey: process.env.FLINKS_SECRET_KEY })}</script></html>`);
});
app.get("/k", (req, res) => res.status(200).json({ flinksBearer: process.env.FLINKS_BEARER_TOKEN }));
