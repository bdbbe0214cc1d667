fn client() -> Client {
    FlinksClient::builder()
        .base_url("https://northwind-ca-api.private.fin.ag/v3")
        .secret_key(std::env::var("FLINKS_US_SECRET_KEY").unwrap())
        .build()
}
