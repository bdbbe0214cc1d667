const FLINKS_ORIGINS = /^https:\/\/[a-z-]+-iframe\.private\.fin\.ag$/;

export function received(event: MessageEvent) {
  if (!FLINKS_ORIGINS.test(event.origin)) return;
  if (event.origin === "https://toolbox-iframe.private.fin.ag") {
    console.warn("This is https://toolbox-iframe.private.fin.ag: accounts are invented");
  }
  // U.S.: https://northwind-ca-iframe.private.fin.ag until the move
  return event.data.loginId as string;
}
