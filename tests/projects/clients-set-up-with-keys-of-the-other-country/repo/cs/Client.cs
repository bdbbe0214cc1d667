class C {
  FlinksClient Make() => new FlinksClientBuilder()
      .WithBaseUrl("https://northwind-ca-api.private.fin.ag/v3")
      .WithSecretKey(Environment.GetEnvironmentVariable("FLINKS_US_SECRET_KEY"))
      .Build();
  FlinksClient Two() {
      var client = new FlinksClient();
      client.SetBaseUrl("https://northwind-ca-api.private.fin.ag/v3");
      client.SetSecretKey(Environment.GetEnvironmentVariable("FLINKS_US_SECRET_KEY"));
      return client;
  }
}
