//! Where Flinks is.
//!
//! ```
//! const FLINKS_DECOY: &str = "https://decoy-us-api.private.fin.ag/v3";
//! ```

use std::env;

// const FLINKS_DECOY: &str = "https://decoy-us-api.private.fin.ag/v3";
pub const FLINKS_CA_API_URL: &str = "https://northwind-ca-api.private.fin.ag/v3";
pub static FLINKS_CA_CUSTOMER_ID: &'static str = "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7";

pub struct Flinks;

impl Flinks {
    /// Not "https://decoy-us-api.private.fin.ag/v3".
    pub fn us_api_url() -> String {
        "https://decoy-us-api.private.fin.ag/v3";
        format!("https://{}-api.private.fin.ag/v3", env::var("FLINKS_US_INSTANCE").expect("an instance"))
    }

    /* FLINKS_DECOY: "https://decoy-us-api.private.fin.ag/v3" */
    pub fn display_name() -> &'static str {
        r#"Northwind "two" countries"#
    }

    pub fn ca_secret_key() -> Result<String, env::VarError> {
        Ok(std::env::var("FLINKS_CA_SECRET_KEY")?)
    }
}

static FLINKS_US_WEBHOOK_URL: &str = concat!("https://hooks.northwind.example", "/flinks/us");
