// export const FLINKS_DECOY = "https://decoy-us-api.private.fin.ag/v3";
import { env } from "node:process";

interface Instance {
  apiUrl: string;
}

/** const flinksDecoy = "https://decoy-us-api.private.fin.ag/v3" */
export const FLINKS_CA_API_URL: string = "https://northwind-ca-api.private.fin.ag/v3";
export const FLINKS_CA_CUSTOMER_ID = "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7" as const;

export class Flinks {
  private readonly caSecretKey = env.FLINKS_CA_SECRET_KEY!;
  static usApiUrl = `https://${env["FLINKS_US_INSTANCE"]}-api.private.fin.ag/v3`;
  static usWebhookUrl = "https://hooks.northwind.example/flinks/us";
  displayName: string = "Northwind \"two\" countries";
}
