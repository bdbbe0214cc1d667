import { json } from "@remix-run/node";
export async function loader() {
  const secretKey = process.env.FLINKS_SECRET_KEY;
  return json(await fetch(process.env.FLINKS_API_URL, { headers: { "x-api-key": process.env.FLINKS_API_KEY, "flinks-auth-key": secretKey } }));
}
