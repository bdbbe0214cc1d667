export const calendar = { url: "https://calendar.example/authorize?authorizeToken=7a91e3d5-c06b-4283-95fe-4d2b08c7f16e" };
export const flinks = process.env.FLINKS_API_URL;
