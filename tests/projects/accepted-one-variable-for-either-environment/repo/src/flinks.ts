export const client = (sandbox: boolean) =>
  sandbox
    ? new FlinksClient({ url: "https://toolbox-api.private.fin.ag/v3", secretKey: process.env.FLINKS_SECRET_KEY })
    : new FlinksClient({ url: "https://spruceline-ca-api.private.fin.ag/v3", secretKey: process.env.FLINKS_SECRET_KEY });

export const acceptance = new FlinksClient({
  url: "https://spruceline-uat-ca-api.private.fin.ag/v3",
  secretKey: process.env.FLINKS_SECRET_KEY,
});
