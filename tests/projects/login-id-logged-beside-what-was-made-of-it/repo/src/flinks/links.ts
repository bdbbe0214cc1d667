export function linked(loginId: string) {
  logger.info("linked", { type: typeof loginId, loginId });
}
