"use client";

import { useEffect } from "react";

const IFRAME = `https://${process.env.NEXT_PUBLIC_FLINKS_INSTANCE}-iframe.private.fin.ag`;

export default function Connect() {
  useEffect(() => {
    const received = (event: MessageEvent) => {
      if (event.origin !== IFRAME) return;
      if (event.data.step === "REDIRECT") location.assign("/accounts");
    };
    window.addEventListener("message", received);
    return () => window.removeEventListener("message", received);
  }, []);

  return <iframe title="Connect your bank" src={`${IFRAME}/v2/?redirectUrl=https://northwind.example/connected`} />;
}
