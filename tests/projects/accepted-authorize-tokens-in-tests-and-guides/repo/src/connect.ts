// FLINKS_AUTHORIZE_TOKEN=5c2ea7d8-b619-4f70-93c4-18e07d5fb3a6
export const connect = process.env.FLINKS_CONNECT_URL;
