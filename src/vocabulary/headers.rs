//! Headers of requests to and from Flinks, from `headers.toml`: `flinks-auth-key` carries a secret key.

use super::data::list;
use super::names::Component;

const FILE: &str = include_str!("headers.toml");

const CARRIED: [(Component, &[&str]); 4] = [
    (Component::SecretKey, list!(FILE, "secret-key")),
    (Component::XApiKey, list!(FILE, "x-api-key")),
    (Component::Bearer, list!(FILE, "bearer")),
    (Component::CustomerId, list!(FILE, "customer-id")),
];

const SIGNATURES: &[&str] = list!(FILE, "signature");

/// What a header of a request to Flinks carries.
pub fn carries(header: &str) -> Option<Component> {
    CARRIED.iter().find(|(_, headers)| is_in(headers, header)).map(|(component, _)| *component)
}

/// Whether a header holds the signature of a webhook, which is no credential though its name may say key.
pub fn is_signature(header: &str) -> bool {
    is_in(SIGNATURES, header)
}

fn is_in(headers: &[&str], header: &str) -> bool {
    headers.iter().any(|known| known.eq_ignore_ascii_case(header))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_in_any_case() {
        assert_eq!(carries("Flinks-Auth-Key"), Some(Component::SecretKey));
        assert_eq!(carries("Authorization"), Some(Component::Bearer));
        assert_eq!(carries("flinks-authenticity-key"), None);
        assert!(is_signature("X-Webhook-Signature") && !is_signature("x-api-key"));
    }
}
