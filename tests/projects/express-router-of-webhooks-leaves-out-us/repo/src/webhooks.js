const express = require("express");
const { verifyFlinksWebhook } = require("./verify");

const webhooks = express.Router();

webhooks.use(express.raw({ type: "application/json" }));

webhooks.post("/ca", verifyFlinksWebhook, (request, response) => {
  request.app.get("events").publish("flinks", "CA", request.body);
  response.sendStatus(204);
});

module.exports = (app) => app.use("/webhooks/flinks", webhooks);
