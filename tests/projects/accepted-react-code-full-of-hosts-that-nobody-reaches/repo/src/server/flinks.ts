/*
 * const base = "https://toolbox-api.private.fin.ag/v3";
 */
export const base = `https://${process.env.FLINKS_INSTANCE}-api.private.fin.ag/v3`;

if (base.includes("toolbox")) {
  throw new Error("production must not use https://toolbox-api.private.fin.ag");
}
