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
    // Directives of a content security policy, where a framework has a key for each.
    "childsrc",
    "connectsrc",
    "defaultsrc",
    "formaction",
    "frameancestors",
    "framesrc",
    "imgsrc",
    "navigateto",
    "scriptsrc",
];

/// Whether a header or key of this name lets hosts through: `Content-Security-Policy`, `contentSecurityPolicy`.
pub fn lists(name: &str) -> bool {
    if name.len() > 64 {
        return false;
    }
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    LISTS.contains(&plain.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_header() {
        assert!(lists("Content-Security-Policy") && lists("contentSecurityPolicy") && lists("frame-src"));
        assert!(!lists("flinks-auth-key") && !lists("src"));
    }
}
