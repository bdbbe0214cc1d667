export default defineEventHandler(() => ({ flinksSecretKey: process.env.FLINKS_SECRET_KEY }));
