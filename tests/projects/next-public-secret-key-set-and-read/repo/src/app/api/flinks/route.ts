export const POST = () => authorize({ secretKey: process.env.NEXT_PUBLIC_FLINKS_SECRET_KEY });
