const FLINKS: &str = "https://northwind-ca-api.private.fin.ag/v3";

pub async fn score(client: &reqwest::Client, person: &str) -> reqwest::Result<String> {
    client
        .get(format!("https://api.score.example/v2/people/{person}"))
        .header("x-api-key", "Zq7Xk29LmTp4Rw8VbN3sYc6HdJ1fGe5U")
        .send()
        .await?
        .text()
        .await
}

pub async fn accounts(client: &reqwest::Client, customer: &str, key: &str) -> reqwest::Result<String> {
    client
        .post(format!("{FLINKS}/{customer}/BankingServices/GetAccountsDetail"))
        .header("x-api-key", key)
        .send()
        .await?
        .text()
        .await
}
