import { env } from "./env";

export const flinksUrl = (path: string) =>
  `https://${env.FLINKS_INSTANCE}-api.private.fin.ag/v3/${env.FLINKS_CUSTOMER_ID}/BankingServices/${path}`;
