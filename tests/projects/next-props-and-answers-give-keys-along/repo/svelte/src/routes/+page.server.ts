import { env } from "$env/dynamic/private";
export const load = () => ({ flinksSecretKey: env.FLINKS_SECRET_KEY, iframe: env.FLINKS_IFRAME_URL });
