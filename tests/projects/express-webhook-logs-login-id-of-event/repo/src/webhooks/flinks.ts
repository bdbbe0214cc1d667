import * as Sentry from "@sentry/node";
import { logger } from "../logger";

export async function flinksWebhook(request, response) {
  const { Login } = request.body;
  logger.info("accounts are ready", { loginId: Login.Id, tag: request.body.Tag });
  try {
    await refresh(Login.Id);
  } catch (error) {
    Sentry.captureException(error, { extra: { loginId: Login.Id } });
  }
  response.sendStatus(200);
}
