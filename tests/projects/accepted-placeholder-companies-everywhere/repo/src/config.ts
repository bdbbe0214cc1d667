export const flinksUrl = "https://yourcompany-api.private.fin.ag/v3";
export const iframe = "https://YOUR_COMPANY-iframe.private.fin.ag/v2/";
