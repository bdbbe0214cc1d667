class Clients {
  FlinksClient us() {
    FlinksClient client = new FlinksClient();
    client.setBaseUrl("https://northwind-ca-api.private.fin.ag/v3");
    client.setSecretKey(System.getenv("FLINKS_US_SECRET_KEY"));
    return client;
  }
}
