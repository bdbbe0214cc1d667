export const middleware = () => verify({ flinksWebhookSecret: process.env.FLINKS_WEBHOOK_SECRET });
