"use client";

import { useState } from "react";

export function Connect() {
  const [token, setToken] = useState("");
  const secret = process.env.NEXT_PUBLIC_FLINKS_SECRET_KEY;
  return <iframe src={process.env.NEXT_PUBLIC_FLINKS_IFRAME_URL} />;
}
