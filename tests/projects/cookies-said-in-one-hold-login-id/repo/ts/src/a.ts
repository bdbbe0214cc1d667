import { cookies } from "next/headers";
import { FlinksClient } from "./flinks";
export async function GET(req: Request) {
  const loginId = new URL(req.url).searchParams.get("loginId")!;
  (await cookies()).set({ name: "flinks_login_id", value: loginId });
  return new Response("ok");
}
