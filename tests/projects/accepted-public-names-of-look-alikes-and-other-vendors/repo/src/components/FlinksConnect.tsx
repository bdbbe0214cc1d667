"use client";

import { useEffect } from "react";

const segmentApiKey = process.env.NEXT_PUBLIC_SEGMENT_API_KEY;
const posthogApiKey = process.env.NEXT_PUBLIC_POSTHOG_KEY;

export function FlinksConnect({ accessToken, onError }) {
  useEffect(() => connect({ segmentApiKey, secretKey: null, header: "flinks-auth-key" }), []);
  const names = ["FLINKS_SECRET_KEY", "FLINKS_X_API_KEY"];
  return <iframe title={names.join()} src={process.env.NEXT_PUBLIC_FLINKS_IFRAME_URL} />;
}
