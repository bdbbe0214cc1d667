import { Controller, Get, Post, Body } from "@nestjs/common";
const credentials = { customerId: process.env.FLINKS_CUSTOMER_ID, secretKey: process.env.FLINKS_SECRET_KEY };
@Controller("flinks")
export class C {
  @Get("token")
  token() { return { token: this.flinks.authorize(process.env.FLINKS_SECRET_KEY) }; }
  @Post("accounts")
  accounts(@Body() body) {
    return this.http.post(process.env.FLINKS_API_URL, body, { headers: { "x-api-key": process.env.FLINKS_API_KEY } });
  }
  @Get("status")
  status() { return { flinks: { hasSecretKey: !!credentials.secretKey, secretKey: credentials.secretKey ? "set" : "missing" } }; }
  client() { return { secretKey: process.env.FLINKS_SECRET_KEY }; }
}
