locals {
  flinks_webhook_secret = "Lc3Gy8Qe1Ua4Ok7Ri0Pw"
  flinks_api_url        = "https://tidewater-ca-api.private.fin.ag/v3"
}
