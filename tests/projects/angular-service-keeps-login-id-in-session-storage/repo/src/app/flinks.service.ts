import { Injectable } from "@angular/core";

@Injectable({ providedIn: "root" })
export class FlinksService {
  constructor(private readonly router: Router) {}

  linked(event: MessageEvent) {
    const loginId = event.data.loginId;
    sessionStorage.setItem("bank", loginId);
    this.router.navigate(["/accounts", loginId]);
  }
}
