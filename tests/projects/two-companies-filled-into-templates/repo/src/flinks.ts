export const flinks = {
  apiUrl: `https://${process.env.FLINKS_API_INSTANCE}-api.private.fin.ag/v3`,
  iframeUrl: `https://${process.env.FLINKS_IFRAME_INSTANCE}-iframe.private.fin.ag/v2/`,
};
