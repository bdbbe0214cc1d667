import { cookies } from "next/headers";
import { FlinksClient } from "./flinks";
export async function GET(req: Request) {
  const loginId = new URL(req.url).searchParams.get("loginId")!;
  (await cookies()).set({ name: "flinks_login_id", value: loginId, httpOnly: true });
  (await cookies()).set({ name: "flinks_state", value: crypto.randomUUID() });
  (await cookies()).set({ name: "flinks_login_id", value: "", maxAge: 0 });
  const id = await save(loginId);
  (await cookies()).set({ name: "connection", value: id });
  return new Response("ok");
}
