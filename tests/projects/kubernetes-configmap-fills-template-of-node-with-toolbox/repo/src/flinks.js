const { FLINKS_INSTANCE, FLINKS_CUSTOMER_ID } = process.env;

export const api = `https://${FLINKS_INSTANCE}-api.private.fin.ag/v3/${FLINKS_CUSTOMER_ID}`;
export const iframe = `https://${FLINKS_INSTANCE}-iframe.private.fin.ag/v2/`;
