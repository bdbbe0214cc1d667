//! Versions of the linter that a policy asks for: `>=0.1`, `>=0.1, <2`.

/// The version of this linter.
pub const THIS: &str = env!("CARGO_PKG_VERSION");

/// Whether `version` fits what was asked for. `None` if that is not understood.
pub(super) fn fits(asked: &str, version: &str) -> Option<bool> {
    let version = parts(version.split('-').next()?)?;
    asked.split(',').try_fold(true, |fits, one| {
        let one = one.trim();
        let digits = one.find(|c: char| c.is_ascii_digit())?;
        let bound = parts(&one[digits..])?;
        let holds = match one[..digits].trim_end() {
            ">=" => version >= bound,
            ">" => version > bound,
            "<=" => version <= bound,
            "<" => version < bound,
            "=" => version == bound,
            _ => return None,
        };
        Some(fits && holds)
    })
}

fn parts(version: &str) -> Option<[u32; 3]> {
    let mut parts = [0; 3];
    for (at, part) in version.trim().split('.').enumerate() {
        *parts.get_mut(at)? = part.parse().ok()?;
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_compared_number_by_number() {
        assert_eq!(fits(">=0.9, <0.11", "0.10.2"), Some(true));
        assert_eq!(fits(">=1", "0.10.2"), Some(false));
        assert_eq!(fits("=0.10.2", "0.10.2"), Some(true));
    }

    /// A bare version means "exactly" to some and "at least" to others.
    #[test]
    fn a_version_without_a_sign_is_not_understood() {
        for asked in ["0.1", "^0.1", "", ">=", ">=0.1.x", ">=1.2.3.4"] {
            assert_eq!(fits(asked, "0.1.0"), None, "{asked}");
        }
    }
}
