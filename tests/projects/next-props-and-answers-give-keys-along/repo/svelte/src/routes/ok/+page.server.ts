import { env } from "$env/dynamic/private";
import { authorize } from "$lib/server/flinks";
export const load = async () => ({ token: await authorize(env.FLINKS_SECRET_KEY) });
