export const linked = (loginId: string) => {
  console.log("linked", loginId.slice(0, 4), loginId.length, !!loginId);
  logger.info({ login: createHash("sha256").update(loginId).digest("hex") }, "linked");
  logger.warn({ loginId: "[redacted]" }, "linked");
};
