import { onRequest } from "firebase-functions/v2/https";
import { FLINKS_URL } from "./flinks";

export const connect = onRequest({ region: "northamerica-northeast1", memory: "512MiB" }, async (request, response) => {
  response.json(await fetch(FLINKS_URL));
});
