const axios = require("axios");

const client = axios.create({
  baseURL: process.env.FLINKS_API_URL,
  headers: { "x-api-key": process.env.FLINKS_X_API_KEY || "3f9b61d7-a04c-4e58-92f6-c81d7b05e4a2" },
});

module.exports = client;
