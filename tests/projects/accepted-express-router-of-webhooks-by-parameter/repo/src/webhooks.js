const express = require("express");
const { verifyFlinksWebhook } = require("./verify");

const webhooks = express.Router();

webhooks.use(express.raw({ type: "application/json" }));

webhooks.post("/:country", verifyFlinksWebhook, (request, response) => {
  request.app.get("events").publish("flinks", request.params.country, request.body);
  response.sendStatus(204);
});

module.exports = (app) => app.use("/webhooks/flinks", webhooks);
