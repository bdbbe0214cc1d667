"use client";

const SECRET_KEY = "d17c4e90-82ab-4f63-95be-3a60c8f1d274";

export const open = (customerId: string) =>
  fetch(`https://cedarpay-ca-api.private.fin.ag/v3/${customerId}/BankingServices/GenerateAuthorizeToken`, {
    headers: { "flinks-auth-key": SECRET_KEY },
  });
