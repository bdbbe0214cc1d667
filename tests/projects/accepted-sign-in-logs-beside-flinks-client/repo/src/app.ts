const FLINKS = "https://northwind-ca-api.private.fin.ag/v3";

export async function signIn(loginId: string, password: string) {
  console.log(`sign in of ${loginId}`);
  localStorage.setItem("rememberedLoginId", loginId);
}

export class StaffConsole {
  open(loginId: string) {
    logger.info(`console opened by ${loginId}`);
  }
}
