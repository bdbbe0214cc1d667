import axios from "axios";

export const score = axios.create({
  baseURL: process.env.SCORE_URL,
  headers: { "x-api-key": "Rw8VbN3sYc6HdJ1fGe5UZq7Xk29LmTp4" },
});

export const flinks = axios.create({
  baseURL: "https://northwind-ca-api.private.fin.ag/v3",
  headers: { "x-api-key": process.env.FLINKS_X_API_KEY },
});
