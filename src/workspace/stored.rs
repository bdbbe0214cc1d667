//! Contents that git stores: searched on disk where the file there is untouched, and taken from git where they matter.
//!
//! What lies on disk may have gone through a filter on its way (line endings, Git LFS, an encryption), so that it decides
//! nothing but whether a file is worth asking git for.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;

use super::buffer::Buffer;
use super::git::{Blob, Repository, Stat};

/// A file as some version of the codebase has it.
#[derive(Debug, Clone)]
pub struct Place {
    /// Where it lies if it is checked out.
    pub file: PathBuf,
    pub blob: Box<str>,
    /// How the file on disk looked when it held these contents.
    pub stat: Option<Stat>,
}

impl Place {
    /// Whether the file on disk is as git remembers it.
    pub fn is_untouched(&self) -> bool {
        let Some(stat) = self.stat else { return false };
        self.file.symlink_metadata().is_ok_and(|found| found.is_file() && Stat::of(&found) == Some(stat))
    }
}

/// Where the files of a version are, by their paths as results have them.
#[derive(Debug)]
pub struct Store {
    pub repository: Repository,
    pub places: BTreeMap<String, Place>,
}

impl Store {
    pub fn has(&self, path: &str) -> bool {
        self.places.contains_key(path)
    }

    /// Looks at files, from several threads and in no order. `matters` sees what lies on disk, where that is untouched, and
    /// says whether it is of interest; only then, or where there is nothing to be seen on disk, `each` is shown what git
    /// stores.
    pub fn read<'p>(
        &self,
        paths: &[&'p str],
        limit: u64,
        matters: impl Fn(&str, &[u8]) -> bool + Sync,
        each: impl Fn(&'p str, Blob) + Sync,
    ) {
        let on_disk = |buffer: &mut Buffer, path: &&str| {
            let place = self.places.get(*path)?;
            let seen = place.is_untouched().then(|| buffer.fill(&place.file, limit).ok().flatten()).flatten();
            seen.is_none_or(|bytes| matters(path, bytes)).then_some(&*place.blob)
        };
        let wanted: Vec<Option<&str>> = paths.par_iter().map_init(Buffer::default, on_disk).collect();
        let wanted = paths.iter().zip(wanted).filter_map(|(path, blob)| Some((*path, blob?)));
        let (paths, blobs): (Vec<&str>, Vec<&str>) = wanted.unzip();
        self.repository.blobs(&blobs, limit, |at, blob| each(paths[at], blob));
    }
}
