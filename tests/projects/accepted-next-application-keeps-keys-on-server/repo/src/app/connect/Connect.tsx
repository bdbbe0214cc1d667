"use client";

import { useEffect, useState } from "react";
import { token } from "../actions";
import { tag } from "@/lib/flinks-tag";

export function FlinksConnect() {
  const [authorizeToken, setToken] = useState("");
  useEffect(() => void token().then(setToken), []);
  return <iframe src={`${process.env.NEXT_PUBLIC_FLINKS_IFRAME_URL}?authorizeToken=${authorizeToken}&tag=${tag}`} />;
}
