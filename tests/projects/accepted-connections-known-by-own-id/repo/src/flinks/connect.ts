import posthog from "posthog-js";

export async function onFlinksEvent(event: MessageEvent) {
  if (event.origin !== "https://northwind-ca-iframe.private.fin.ag") return;
  const { loginId, step } = event.data;
  console.debug("flinks", step);
  const answer = await fetch("/api/connections", { method: "POST", body: JSON.stringify({ loginId, country: "CA" }) });
  const { connectionId } = await answer.json();
  localStorage.setItem("connection", connectionId);
  posthog.capture("linked", { connectionId, step });
  router.push(`/accounts/${connectionId}`);
  items.push({ loginId });
  dispatch({ type: "linked", loginId });
}
