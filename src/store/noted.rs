//! A store that others may read: `force_mask = "shared"` of containers-storage.conf(5).
//!
//! Files there belong to whoever made the store, with mode 0755 whatever the image says; owner
//! and mode of every file and directory are noted in the attribute that fuse-overlayfs(1) knows
//! them by, and it shows a reader the image's own. Nothing in such a store is set-id on the
//! disk, which is why it may be open to others (S-12). Containers, volumes and tmp/ stay closed.
//!
//! Decided when a store is made, and for good: the file `force_mask` says so. Each of its layers
//! has an empty file `noted` besides, for the worker that unpacks it and for readers.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::store::file::{read_small, write_private};
use crate::store::{Error, Staged, Store, StoredLayer};
use crate::sys;

/// In a store whose owners are noted; its content is [`SHARED`].
pub(crate) const MARK: &str = "force_mask";
pub(crate) const SHARED: &[u8] = b"shared\n";
/// In a layer, and in a directory where one is made.
pub(crate) const NOTED: &str = "noted";
/// What others may read of such a store.
const SHOWN: [&str; 3] = ["blobs", "images", "layers"];

/// Whose the files of a store's layers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owners {
    /// The image's, as ids of U0.
    Kept,
    /// All the maker's, with the image's noted beside.
    Noted,
}

impl Owners {
    /// As the store there was made.
    pub(crate) fn of(root: &Path) -> Result<Self, Error> {
        match read_small(&root.join(MARK))? {
            None => Ok(Self::Kept),
            Some(text) if text == SHARED => Ok(Self::Noted),
            Some(_) => Err(Error::damaged(
                &root.join(MARK),
                "it does not say \"shared\"",
            )),
        }
    }

    pub(crate) fn directory_mode(self) -> u32 {
        match self {
            Self::Kept => 0o700,
            Self::Noted => 0o755,
        }
    }
}

impl Store {
    pub fn owners(&self) -> Owners {
        self.owners
    }

    /// The mode of a file of ours at this path.
    pub(crate) fn file_mode(&self, path: &Path) -> u32 {
        match self.owners == Owners::Noted && self.is_shown(path) {
            true => 0o644,
            false => 0o600,
        }
    }

    /// The mode of a directory that the store is laid out with.
    pub(crate) fn folder_mode(&self, folder: &str) -> u32 {
        match self.is_shown(&self.root.join(folder)) {
            true => self.owners.directory_mode(),
            false => 0o700,
        }
    }

    fn is_shown(&self, path: &Path) -> bool {
        let below = path.strip_prefix(&self.root).ok();
        let first = below.and_then(|below| below.iter().next());
        first.is_some_and(|name| {
            SHOWN.iter().any(|shown| name == *shown) || name == "version" || name == MARK
        })
    }

    /// Writes a small file in a layer that is in its place.
    pub(crate) fn write_in_layer(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        write_private(path, bytes)?;
        match self.file_mode(path) {
            0o600 => Ok(()),
            mode => set_mode(path, mode),
        }
    }
}

impl Staged {
    /// Has the worker that unpacks a layer here note the owners.
    pub(crate) fn note_owners(&self) -> Result<(), Error> {
        write_private(&self.path().join(NOTED), b"")
    }

    /// Opens a layer to others, all but its tree, which the worker has opened.
    pub(crate) fn show(&self) -> Result<(), Error> {
        let failed = |error| Error::io("opening to others", self.path(), error);
        for entry in fs::read_dir(self.path()).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            if entry.file_name() != "diff" {
                set_mode(&entry.path(), if kind.is_dir() { 0o755 } else { 0o644 })?;
            }
        }
        set_mode(self.path(), 0o755)
    }
}

fn set_mode(path: &Path, mode: u32) -> Result<(), Error> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(|error| Error::io("opening to others", path, error))
}

/// Whether owners and modes are noted in this tree of a layer, which then wants to be served.
pub fn is_noted(diff: &Path) -> bool {
    diff.parent()
        .is_some_and(|layer| layer.join(NOTED).exists())
}

impl StoredLayer {
    /// The mode of the layer's root directory as the image has it.
    pub fn root_mode(&self) -> Result<u32, Error> {
        let failed = |error| Error::io("looking at", &self.diff, error);
        if is_noted(&self.diff) {
            let value = sys::fs::open_directory(&self.diff)
                .and_then(|root| sys::fs::xattr(root, sys::noted::NAME))
                .map_err(|error| Error::sys("looking at", &self.diff, error))?;
            if let Some(noted) = value.as_deref().and_then(sys::noted::Noted::parse) {
                return Ok(noted.mode);
            }
        }
        let facts = fs::metadata(&self.diff).map_err(failed)?;
        Ok(facts.permissions().mode() & 0o7777)
    }
}
