#[cfg(not(debug_assertions))]
const FLINKS_URL: &str = "https://northwind-ca-api.private.fin.ag/v3";
#[cfg(debug_assertions)]
const FLINKS_URL: &str = "https://toolbox-api.private.fin.ag/v3";
#[cfg(debug_assertions)]
pub fn iframe_url() -> &'static str {
    "https://toolbox-iframe.private.fin.ag/v2/"
}
#[cfg(feature = "demo")]
const FLINKS_DEMO_URL: &str = "https://toolbox-api.private.fin.ag/v3";
