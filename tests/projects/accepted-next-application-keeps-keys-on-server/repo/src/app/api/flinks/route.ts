export const POST = () => authorize({ secretKey: process.env.FLINKS_SECRET_KEY, apiKey: process.env.FLINKS_X_API_KEY });
