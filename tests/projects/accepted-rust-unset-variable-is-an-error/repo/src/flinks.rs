use std::env;

pub struct FlinksClient {
    base_url: String,
    customer_id: String,
}

impl FlinksClient {
    pub fn from_env() -> anyhow::Result<Self> {
        let base_url = env::var("FLINKS_API_URL")?;
        Ok(Self { base_url, customer_id: env::var("FLINKS_CUSTOMER_ID")? })
    }

    fn url(&self, path: &str) -> String {
        format!("{}/v3/{}/BankingServices/{path}", self.base_url, self.customer_id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client() -> FlinksClient {
        let base_url = env::var("FLINKS_API_URL").unwrap_or_else(|_| "https://toolbox-api.private.fin.ag".to_string());
        FlinksClient { base_url, customer_id: "43387ca6-0391-4c82-857d-70d95f087ecb".to_string() }
    }

    #[test]
    fn urls() {
        assert!(client().url("Authorize").ends_with("/BankingServices/Authorize"));
    }
}
