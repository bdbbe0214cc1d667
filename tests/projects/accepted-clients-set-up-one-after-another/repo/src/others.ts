// Look-ups and other vendors' clients.
const key = flinksKeys.secretKey("us-production-1");
const stripe = Stripe.builder().apiKey("k3d2f7a1c4e84b0f9a6d3c5e7b1f2a8d").build();
const flinks = new FlinksClient("https://northwind-ca-api.private.fin.ag/v3", "5d0b7f7e-52a1-4a73-8f2e-0c6a1b9d4e21", process.env.FLINKS_SECRET_KEY);
flinks.getAccounts("0f8f2c1e-9a1b-4b38-a1d2-5f0c6a9be7d3");
