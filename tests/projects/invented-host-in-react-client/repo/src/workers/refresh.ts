export const config = { flinksUrl: "https://api.flinks.com/v3", retries: 3 };
