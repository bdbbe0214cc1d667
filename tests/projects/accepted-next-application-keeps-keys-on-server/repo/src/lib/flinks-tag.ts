export const tag = "web";
export const authKey = () => process.env.FLINKS_AUTH_KEY;
