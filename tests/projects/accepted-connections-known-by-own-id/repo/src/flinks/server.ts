export async function remove(loginId: string) {
  await fetch(`https://northwind-ca-api.private.fin.ag/v3/${process.env.FLINKS_CUSTOMER_ID}/BankingServices/DeleteCard/${loginId}`, { method: "DELETE" });
  logger.info("removed", { connection: connectionOf(loginId) });
}

export async function statement(response, loginId: string) {
  response.json({ loginId });
  response.cookie("bank", loginId, { httpOnly: true });
  if (!loginId) throw new Error("no loginId");
}
