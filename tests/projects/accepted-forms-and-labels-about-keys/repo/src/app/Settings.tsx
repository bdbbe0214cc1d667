"use client";

import { useState } from "react";
import { flinksHeaders } from "../lib/flinks";

const labels = { flinksSecretKey: "Secret key of Flinks", flinksApiKey: "API key" };
const rules = { flinksSecretKey: "required|string", flinksApiKey: "required" };
const columns = { secretKey: "flinks_secret_key", apiKey: "flinks.apiKey" };

export function FlinksSettings({ session }) {
  const [form, setForm] = useState({ flinksSecretKey: "", flinksApiKey: null });
  const accessToken = session.accessToken;
  return <FlinksForm secretKeyLabel={labels.flinksSecretKey} apiKeyHint="Ask Flinks for it" clientSecret={form.flinksSecretKey} />;
}
