import { z } from "zod";

export const env = z
  .object({
    NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
    FLINKS_INSTANCE: z.string().default("toolbox"),
    FLINKS_CUSTOMER_ID: z.string().uuid(),
    FLINKS_SECRET_KEY: z.string().min(1),
  })
  .parse(process.env);
