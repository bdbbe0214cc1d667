#[cfg(not(debug_assertions))]
const FLINKS_URL: &str = "https://toolbox-api.private.fin.ag/v3";
#[cfg(debug_assertions)]
const FLINKS_IFRAME_URL: &str = "https://toolbox-iframe.private.fin.ag/v2/";
#[cfg(not(debug_assertions))]
pub fn base_url() -> &'static str {
    "https://toolbox-api.private.fin.ag/v3"
}
