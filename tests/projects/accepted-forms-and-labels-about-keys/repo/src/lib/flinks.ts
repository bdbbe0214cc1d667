export interface FlinksConfig {
  secretKey: string;
  apiKey: string;
}

export async function flinksHeaders(apiKey: string) {
  const token = await fetchToken();
  return { "flinks-auth-key": token, "x-api-key": apiKey, Authorization: `Bearer ${token}` };
}
