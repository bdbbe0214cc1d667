import { FLINKS_API_URL, FLINKS_X_API_KEY } from '@env'

export const accounts = () => fetch(FLINKS_API_URL, { headers: { 'x-api-key': FLINKS_X_API_KEY } })
