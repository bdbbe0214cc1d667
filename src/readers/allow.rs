//! Names of headers and keys whose values are lists of hosts that are let through.

/// Names, without what parts their words.
const LISTS: &[&str] = &[
    "contentsecuritypolicy",
    "contentsecuritypolicyreportonly",
    "xcontentsecuritypolicy",
    "xwebkitcsp",
    "accesscontrolalloworigin",
    "permissionspolicy",
    "featurepolicy",
];

/// Whether a header or key of this name lets hosts through: `Content-Security-Policy`, `contentSecurityPolicy`.
pub fn lists(name: &str) -> bool {
    if name.len() > 64 {
        return false;
    }
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    LISTS.contains(&plain.to_ascii_lowercase().as_str())
}
