export const authenticate = (login_id: string) => {
  logger.info({ login_id }, "signed in");
  router.push(`/home?login_id=${login_id}`);
};
