import { FlinksClient } from "flinks";
export const client = new FlinksClient(
  "https://northwind-ca-api.private.fin.ag/v3",
  process.env.FLINKS_US_CUSTOMER_ID!,
  process.env.FLINKS_US_SECRET_KEY!,
);
