"use client";
export default function Widget({ authorizeToken }: { authorizeToken: string }) {
  return <iframe src={`https://northwind-ca-iframe.private.fin.ag/v2/?authorizeToken=${authorizeToken}`} />;
}
