export function moveToCanada(user: User) {
  return new FlinksClient({
    baseUrl: "https://northwind-us-api.private.fin.ag/v3",
    secretKey: process.env.FLINKS_US_SECRET!,
  }).deleteCard(user.loginId);
}

export function excludeCanada() {
  return new FlinksClient({
    baseUrl: "https://northwind-us-api.private.fin.ag/v3",
    secretKey: process.env.FLINKS_US_SECRET!,
  });
}

export function notUs() {
  return new FlinksClient({
    baseUrl: "https://northwind-ca-api.private.fin.ag/v3",
    secretKey: process.env.FLINKS_CA_SECRET!,
  });
}
