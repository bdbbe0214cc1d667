export const flinksUrl = "https://sandbox.flinks.com/v3";

export const iframeUrl = "https://connect.flinks.io/v2/";
