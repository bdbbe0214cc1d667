export default defineNuxtConfig({ runtimeConfig: { flinksSecretKey: process.env.FLINKS_SECRET_KEY, public: { flinksApiKey: process.env.FLINKS_X_API_KEY } } });
