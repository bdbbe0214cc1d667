import { json } from "@remix-run/node";
export async function loader() {
  const secretKey = process.env.FLINKS_SECRET_KEY;
  const token = await authorize({ host: process.env.FLINKS_API_URL, secretKey });
  return json({ token, iframe: process.env.FLINKS_IFRAME_URL, flinksSecretKey: secretKey });
}
