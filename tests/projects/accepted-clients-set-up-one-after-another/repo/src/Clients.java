class Clients {
  FlinksClient ca() {
    FlinksClient client = new FlinksClient();
    client.setBaseUrl("https://northwind-ca-api.private.fin.ag/v3");
    client.setSecretKey(System.getenv("FLINKS_CA_SECRET_KEY"));
    return client;
  }
  FlinksClient us() {
    FlinksClient client = new FlinksClient();
    client.setBaseUrl("https://northwind-us-api.private.fin.ag/v3");
    client.setSecretKey(System.getenv("FLINKS_US_SECRET_KEY"));
    return client;
  }
  FlinksClient b() {
    return FlinksClient.builder().baseUrl("https://northwind-us-api.private.fin.ag/v3").secretKey(System.getenv("FLINKS_US_SECRET_KEY")).build();
  }
  void both(FlinksClient ca, FlinksClient us) {
    ca.setBaseUrl("https://northwind-ca-api.private.fin.ag/v3");
    ca.setSecretKey(System.getenv("FLINKS_CA_SECRET_KEY"));
    us.setBaseUrl("https://northwind-us-api.private.fin.ag/v3");
    us.setSecretKey(System.getenv("FLINKS_US_SECRET_KEY"));
  }
  void reused() {
    client.setBaseUrl("https://northwind-ca-api.private.fin.ag/v3");
    client.setSecretKey(System.getenv("FLINKS_CA_SECRET_KEY"));
    run(client);
    client.setBaseUrl("https://northwind-us-api.private.fin.ag/v3");
    client.setSecretKey(System.getenv("FLINKS_US_SECRET_KEY"));
    run(client);
  }
}
