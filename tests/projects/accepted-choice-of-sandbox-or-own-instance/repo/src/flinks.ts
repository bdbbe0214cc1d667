const sandbox = process.env.FLINKS_SANDBOX === "true";

export const apiUrl = sandbox ? "https://toolbox-api.private.fin.ag/v3" : "https://harbour-ca-api.private.fin.ag/v3";
export const iframeUrl = sandbox
  ? "https://toolbox-iframe.private.fin.ag/v2/"
  : "https://harbour-ca-iframe.private.fin.ag/v2/";
