//! Paths that a file gives relative to its own folder, as paths below the scanned root.

use crate::source::Source;

/// The path below the root that `relative` means in this file. `None` where it leads out of the root, is
/// absolute, is an address, or has holes. The root itself is the empty path.
pub(super) fn beside(source: &Source, relative: &str) -> Option<String> {
    let relative = relative.trim();
    let elsewhere = relative.starts_with(['/', '~', '\\']) || relative.contains(':');
    if relative.is_empty() || elsewhere || relative.contains(['$', '{', '<', '*', '?', '#']) {
        return None;
    }
    let folder = source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    /// What leads out of the root or is not a path at all names no file of the tree.
    #[test]
    fn paths_are_normalised_below_the_root() {
        let source = Source::new(FileId(0), "deploy/overlays/prod/kustomization.yaml", "");
        assert_eq!(beside(&source, "../../base/").as_deref(), Some("deploy/base"));
        assert_eq!(beside(&source, "./.env.prod").as_deref(), Some("deploy/overlays/prod/.env.prod"));
        assert_eq!(beside(&source, "../../..").as_deref(), Some(""));
        for outside in ["../../../../etc", "/etc/flinks", "https://host/x", "${DIR}/env", "", "C:\\x"] {
            assert_eq!(beside(&source, outside), None, "{outside}");
        }
    }
}
