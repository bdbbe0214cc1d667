"use client";
export default function Widget({ flinksApiKey }: { flinksApiKey: string }) {
  fetch("https://northwind-ca-api.private.fin.ag/v3/x", { headers: { "x-api-key": flinksApiKey } });
  return null;
}
