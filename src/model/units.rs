//! Deployable units: the nearest folder with a manifest, or a named item of a file.

use crate::fact::Deployed;

/// What is deployed by itself: a folder, perhaps one item in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unit {
    /// Below the scanned root; empty for the root itself.
    pub folder: String,
    /// A compose service, a Render service, a job: where several of them are set differently.
    pub item: Option<String>,
}

impl Unit {
    /// For people: `api`, `deploy · web`, `.`.
    pub fn name(&self) -> String {
        let folder = if self.folder.is_empty() { "." } else { &self.folder };
        match &self.item {
            Some(item) => format!("{folder} · {item}"),
            None => folder.to_owned(),
        }
    }
}

/// The folders that are deployed by themselves, from the manifests that were seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    folders: Vec<String>,
}

impl Folders {
    pub fn new<'m>(manifests: impl IntoIterator<Item = &'m str>) -> Self {
        let mut folders: Vec<String> = manifests.into_iter().map(|path| parent(path).to_owned()).collect();
        folders.sort();
        folders.dedup();
        Folders { folders }
    }

    /// The nearest such folder at or above a file; the root if there is none.
    pub fn of(&self, path: &str) -> &str {
        let mut folder = parent(path);
        loop {
            if let Ok(at) = self.folders.binary_search_by(|known| known.as_str().cmp(folder)) {
                return &self.folders[at];
            }
            if folder.is_empty() {
                return "";
            }
            folder = parent(folder);
        }
    }

    /// The unit of a file or of an item in it.
    pub fn unit(&self, path: &str, deployed: Option<&Deployed>) -> Unit {
        match deployed {
            Some(Deployed::Folder(folder)) => {
                let inside = if folder.is_empty() { "_".to_owned() } else { format!("{folder}/_") };
                Unit { folder: self.of(&inside).to_owned(), item: None }
            }
            Some(Deployed::Item(item)) => Unit { folder: self.of(path).to_owned(), item: Some(item.clone()) },
            None => Unit { folder: self.of(path).to_owned(), item: None },
        }
    }
}

/// The folder of a path; empty for the root.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_manifest_wins() {
        let folders = Folders::new(["package.json", "apps/api/package.json"]);
        assert_eq!(folders.of("apps/api/config/prod.env"), "apps/api");
        assert_eq!(folders.of("deploy/prod.env"), "");
        assert_eq!(Folders::new([]).of("a/b"), "");
    }
}
