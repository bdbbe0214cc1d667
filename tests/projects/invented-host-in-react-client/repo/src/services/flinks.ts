import axios from "axios";

const FLINKS_API = "https://api.flinks.com/v3";

export const client = axios.create({
  baseURL: FLINKS_API,
  headers: { "Content-Type": "application/json" },
});
