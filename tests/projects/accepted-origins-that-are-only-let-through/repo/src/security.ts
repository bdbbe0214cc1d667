import cors from "cors";

export const ORIGINS = ["https://northwind-iframe.private.fin.ag", "https://portal.northwind.example"];
const ALLOWED = new Set(["https://northwind-iframe.private.fin.ag"]);
const TRUSTED_FRAMES = ["https://northwind-iframe.private.fin.ag"];
const EXPECTED_ORIGIN = "https://northwind-iframe.private.fin.ag";

export const isAllowed = (origin: string) => ALLOWED.has(origin) || TRUSTED_FRAMES.includes(origin);

export function secure(app: Express) {
  app.use(cors({ origin: ["https://northwind-iframe.private.fin.ag"] }));
}

export function onMessage(event: MessageEvent) {
  if (event.origin !== EXPECTED_ORIGIN) return;
}
