class Clients {
  FlinksClient a() {
    return FlinksClient.builder()
        .baseUrl("https://northwind-ca-api.private.fin.ag/v3")
        .customerId(System.getenv("FLINKS_US_CUSTOMER_ID"))
        .secretKey(System.getenv("FLINKS_US_SECRET_KEY"))
        .build();
  }
}
