import { FLINKS_API_OF_CANADA } from "@northwind/flinks-hosts";

export const usFlinks = {
  baseUrl: FLINKS_API_OF_CANADA,
  secretKey: process.env.FLINKS_US_SECRET_KEY,
};
