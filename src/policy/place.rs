//! Where the policy file lies: one, in the scanned root or above it.

use std::fmt;

/// The names of a policy file.
pub const NAMES: [&str; 2] = ["flinks-lint.toml", ".flinks-lint.toml"];

/// Policy files that lie where none may, or one too many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misplaced {
    /// Both names in the root: nobody could tell which one holds.
    Both,
    /// Below the root, with its path.
    Nested(String),
}

/// Whether a file's name, without its folder, is that of a policy.
pub fn is_policy_name(name: &str) -> bool {
    NAMES.contains(&name)
}

/// Which of the files in the root is the policy.
///
/// # Errors
/// [`Misplaced::Both`] if there are two.
pub fn choose<'a>(names_in_root: impl IntoIterator<Item = &'a str>) -> Result<Option<&'a str>, Misplaced> {
    let mut policies = names_in_root.into_iter().filter(|name| is_policy_name(name));
    match (policies.next(), policies.next()) {
        (found, None) => Ok(found),
        (_, Some(_)) => Err(Misplaced::Both),
    }
}

/// Refuses a policy file below the root. Paths that the policy excludes are not asked about: whole projects
/// with policies of their own may lie there.
///
/// # Errors
/// [`Misplaced::Nested`] if the path is that of a policy.
pub fn nested(path: &str) -> Result<(), Misplaced> {
    match path.rsplit_once('/') {
        Some((_, name)) if is_policy_name(name) => Err(Misplaced::Nested(path.to_owned())),
        _ => Ok(()),
    }
}

impl fmt::Display for Misplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Misplaced::Both => {
                write!(f, "cannot choose a policy: the scanned root holds {} and {}", NAMES[0], NAMES[1])
            }
            Misplaced::Nested(path) => write!(f, "cannot use {path}: a policy lies in the scanned root only"),
        }
    }
}

impl std::error::Error for Misplaced {}

impl miette::Diagnostic for Misplaced {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(match self {
            Misplaced::Both => Box::new("delete one of the two"),
            Misplaced::Nested(_) => Box::new(
                "move what it says into the policy of the root, with its paths, or exclude its folder there under [scan]",
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_policy_in_the_root() {
        assert_eq!(choose(["a", ".flinks-lint.toml"]), Ok(Some(".flinks-lint.toml")));
        assert_eq!(choose(["a"]), Ok(None));
        assert_eq!(choose(["flinks-lint.toml", ".flinks-lint.toml"]), Err(Misplaced::Both));
    }

    #[test]
    fn no_policy_below_it() {
        let error = nested("apps/web/flinks-lint.toml").unwrap_err();
        assert_eq!(error.to_string(), "cannot use apps/web/flinks-lint.toml: a policy lies in the scanned root only");
        assert!(nested("flinks-lint.toml").is_ok() && nested("a/my-flinks-lint.toml").is_ok());
    }
}
