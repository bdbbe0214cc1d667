import { getToken } from "../../lib/flinks";
import Widget from "./Widget";
import ServerPart from "./ServerPart";
export default async function Page() {
  const flinksToken = await getToken(process.env.FLINKS_SECRET_KEY);
  return <div><Widget authorizeToken={flinksToken} /><ServerPart secretKey={process.env.FLINKS_SECRET_KEY} /></div>;
}
