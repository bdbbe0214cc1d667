import { defineConfig } from "vite";

export default defineConfig({
  define: { __FLINKS_IFRAME__: JSON.stringify(process.env.FLINKS_IFRAME_URL) },
  server: { proxy: { "/flinks": { target: "https://northwind-ca-api.private.fin.ag", headers: { "flinks-auth-key": process.env.FLINKS_SECRET_KEY } } } },
});
