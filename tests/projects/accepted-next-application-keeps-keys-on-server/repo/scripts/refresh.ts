export const client = new FlinksClient({ apiKey: process.env.FLINKS_API_KEY });
