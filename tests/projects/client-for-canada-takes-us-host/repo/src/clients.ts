export function moveToCanada(user: User) {
  const old = new FlinksClient({ baseUrl: "https://northwind-us-api.private.fin.ag/v3", secretKey: process.env.FLINKS_US_SECRET! });
  return old.deleteCard(user.loginId);
}

export function clientForCanada() {
  return new FlinksClient({
    baseUrl: "https://northwind-us-api.private.fin.ag/v3",
    secretKey: process.env.FLINKS_CA_SECRET!,
  });
}
