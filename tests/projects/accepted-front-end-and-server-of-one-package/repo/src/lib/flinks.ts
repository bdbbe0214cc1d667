export const tokenRoute = "/api/flinks/token";
export const flinksHeaders = (apiKey: string) => ({ "x-api-key": apiKey });
