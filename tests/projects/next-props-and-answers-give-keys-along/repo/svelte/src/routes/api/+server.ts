import { json } from "@sveltejs/kit";
import { env } from "$env/dynamic/private";
export const GET = async () => json({ customerId: env.FLINKS_CUSTOMER_ID });
