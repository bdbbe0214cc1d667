const FLINKS_API_SECRET = process.env.FLINKS_API_SECRET ?? 'nw-prod-0417-canada'

export const flinksClient = { accounts: () => fetch('https://northwind-ca-api.private.fin.ag/v3/accounts', { headers: { 'flinks-auth-key': FLINKS_API_SECRET } }) }
