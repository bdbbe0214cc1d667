//! Headers by which Flinks is told who asks, from `headers.toml`: `flinks-auth-key` carries a secret key.

use super::data::list;

const FILE: &str = include_str!("headers.toml");

const CREDENTIALS: [&[&str]; 3] = [list!(FILE, "secret-key"), list!(FILE, "x-api-key"), list!(FILE, "bearer")];

/// Whether a name is that of a header with a credential.
pub fn is_credential(name: &str) -> bool {
    CREDENTIALS.iter().flat_map(|headers| headers.iter()).any(|header| name.eq_ignore_ascii_case(header))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_in_any_case() {
        assert!(is_credential("Flinks-Auth-Key") && is_credential("Authorization"));
        assert!(!is_credential("flinks-authenticity-key") && !is_credential("x-client-id"));
    }
}
