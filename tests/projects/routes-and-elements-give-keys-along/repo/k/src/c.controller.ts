import { Controller, Get } from "@nestjs/common";
@Controller("flinks")
export class C {
  @Get("config")
  config() { return { iframe: process.env.FLINKS_IFRAME_URL, secretKey: process.env.FLINKS_SECRET_KEY }; }
  @Get("token")
  token() { return { token: this.flinks.authorize(process.env.FLINKS_SECRET_KEY) }; }
}
