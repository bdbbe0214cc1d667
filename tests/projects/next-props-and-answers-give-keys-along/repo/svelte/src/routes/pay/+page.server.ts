import { FLINKS_X_API_KEY } from "$env/static/private";
export async function load({ fetch }) {
  return { key: FLINKS_X_API_KEY };
}
