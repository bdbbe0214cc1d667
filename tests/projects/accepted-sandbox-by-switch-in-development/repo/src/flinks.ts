const sandbox = process.env.FLINKS_SANDBOX === "true";

export const flinksApi = sandbox
  ? "https://toolbox-api.private.fin.ag/v3"
  : "https://northwind-ca-api.private.fin.ag/v3";

export const flinksIframe = (flags: Flags) =>
  flags.isEnabled("flinks-demo")
    ? "https://toolbox-iframe.private.fin.ag/v2/?demo=true"
    : "https://northwind-ca-iframe.private.fin.ag/v2/";
