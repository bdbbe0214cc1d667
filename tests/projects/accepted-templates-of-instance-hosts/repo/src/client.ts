export const flinksUrl = (instance: string) => `https://${instance}-api.private.fin.ag/v3`;
