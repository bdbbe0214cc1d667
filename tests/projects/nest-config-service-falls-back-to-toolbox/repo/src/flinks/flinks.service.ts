import { Injectable, Logger } from "@nestjs/common";
import { ConfigService } from "@nestjs/config";
import { HttpService } from "@nestjs/axios";

@Injectable()
export class FlinksService {
  private readonly logger = new Logger(FlinksService.name);
  private readonly baseUrl: string;
  private readonly customerId: string;

  constructor(private readonly http: HttpService, config: ConfigService) {
    this.baseUrl = config.get<string>("FLINKS_API_URL", "https://toolbox-api.private.fin.ag/v3");
    this.customerId = config.getOrThrow<string>("FLINKS_CUSTOMER_ID");
    this.logger.log(`Flinks at ${this.baseUrl}, not https://toolbox-api.private.fin.ag`);
  }

  accounts(requestId: string) {
    return this.http.get(`${this.baseUrl}/${this.customerId}/BankingServices/GetAccountsDetailAsync/${requestId}`);
  }
}
