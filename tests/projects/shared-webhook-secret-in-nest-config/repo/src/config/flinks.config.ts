import { registerAs } from "@nestjs/config";

export default registerAs("flinks", () => ({
  instances: {
    CA: {
      apiUrl: process.env.FLINKS_CA_API_URL,
      customerId: process.env.FLINKS_CA_CUSTOMER_ID,
      secretKey: process.env.FLINKS_CA_SECRET_KEY,
      webhookSecret: process.env.FLINKS_WEBHOOK_SECRET,
      sentryDsn: process.env.SENTRY_DSN,
    },
    US: {
      apiUrl: process.env.FLINKS_US_API_URL,
      customerId: process.env.FLINKS_US_CUSTOMER_ID,
      secretKey: process.env.FLINKS_US_SECRET_KEY,
      webhookSecret: process.env.FLINKS_WEBHOOK_SECRET,
      sentryDsn: process.env.SENTRY_DSN,
    },
  },
}));
