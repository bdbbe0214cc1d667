const express = require("express");
const app = express();
const options = { headers: { "x-api-key": process.env.FLINKS_API_KEY } };
app.get("/accounts", async (req, res) => {
  const answer = await fetch(process.env.FLINKS_API_URL, options);
  res.status(answer.status).json(await answer.json());
});
app.get("/", (req, res) => {
  res.send(`<html><script>window.__CONFIG__ = ${JSON.stringify({ iframe: process.env.FLINKS_IFRAME_URL })}</script></html>`);
});
