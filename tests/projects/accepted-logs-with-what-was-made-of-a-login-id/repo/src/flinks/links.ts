export function linked(loginId: string) {
  logger.info("linked", { loginId: typeof loginId });
  logger.info("linked", { loginId: Redacted.of(loginId) });
}
