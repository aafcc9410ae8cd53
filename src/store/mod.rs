//! What is kept on disk, for one user, without a daemon and without a global lock.
//!
//! ```text
//! version                      "coracle store 1": the marker and the format's number
//! force_mask                   only in a store that others may read; see `noted`
//! blobs/sha256/<hex>           manifests and configs, exactly as received; files of artifacts
//! images/<manifest hex>        one small record per image: types, layers, time of arrival
//! images/former/<manifest hex> names that an image had, for people to read
//! images/lists/<id>             one record per manifest list made here: its instances, where they are
//! images/names/<hash>          one small file per name: the reference and its manifest
//! artifacts/<hash>             one small record per artifact: its name, manifest and blobs
//! layers/<chain id>/           diff/ (the tree), layer.json, tar (the record to write it again),
//!                              shared (what of it is kept once with others); see `shared`
//! shifted/<chain id>-<map>/    diff/: the tree of these layers under other owners, without data
//! containers/<id>/             container.json, lock, monitor.lock, run.json, exit, upper/, work/
//! containers/names/<name>      the id that has this name; made by link(2), so exclusively
//! volumes/<name>/              volume.json, _data/
//! secrets/<hash>               a line of JSON and the value; made when there is one
//! networks/<name>.json         a network of the user's
//! built/<key>                  one small file per step of a build: the layers it gave; see `built`
//! caches/<hash>/               what RUN --mount=type=cache keeps, a lock beside each
//! events/events.log            one JSON line per event, bounded; see `event`
//! overlay-refused              there where the kernel makes no overlay of these files; see `overlay`
//! tmp/                         everything unfinished, each with its owner's flock; trash/
//! ```
//!
//! Everything is made beside and renamed into place. A process's death needs no fsync, only a
//! power cut does: blobs are hashed whenever they are read, layers carry a mark with the boot
//! id until [`Store::settle`] has seen them on the disk, and the few small files that are the
//! user's own (names, records, volumes) are fsynced at once. Garbage is what nothing refers to:
//! see `collect`. What is thrown away is only renamed to `tmp/trash`; [`Store::sweep`] deletes.
//!
//! Beside its own things a store shows those of others that are only read: see `additional`.
//!
//! Not here: what is inside a layer (`layer`), mounts (`rootfs`), the order of a pull (`engine`).

use std::fs;
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::sys;

mod additional;
mod artifact;
mod blob;
mod built;
mod cache;
mod check;
mod claim;
mod collect;
mod container;
mod content;
mod error;
mod event;
mod file;
mod former;
mod image;
mod layer;
mod lease;
mod list;
mod mark;
mod name;
mod network;
mod noted;
mod overlay;
mod repair;
mod reset;
mod secret;
mod session;
mod shared;
mod shifted;
mod stage;
mod trash;
mod volume;

pub use artifact::ArtifactRecord;
pub use built::BuiltStep;
pub use cache::CacheLock;
pub use check::{Depth, Fault, Faults, Suspect};
pub use claim::Claim;
pub use collect::{Collected, Unused};
pub use container::{ContainerEntry, ContainerLock, NewContainer};
pub use content::{NewBlob, SealedBlob};
pub use error::{Error, Object, mount_point};
pub use event::{EventFile, Lines};
pub use file::make_shown;
pub use image::{ImageRecord, NamedImage};
pub use layer::{LayerBlob, LayerFacts, StoredLayer};
pub use lease::Lease;
pub use list::{ArtifactInstance, Instance, ListRecord, NamedList};
pub use network::NetworksLock;
pub use noted::{Owners, is_noted};
pub use secret::SecretRecord;
pub use shared::Saved;
pub use shifted::NOTED as NOTED_TREE;
pub use stage::Staged;
pub use volume::{VolumeRecord, VolumesLock};

/// The format this program writes; a store of a higher number is refused.
const FORMAT: u32 = 1;
const MARKER: &str = "coracle store ";

/// The folders that a store has from its beginning, each after the one it lies in.
const FOLDERS: &[&str] = &[
    "tmp",
    "tmp/trash",
    "blobs",
    "blobs/sha256",
    "images",
    "images/names",
    "artifacts",
    "layers",
    "containers",
    "containers/names",
    "volumes",
];

/// What is being done when the root itself cannot be used.
const MAKING: &str = "making the store";
const OPENING: &str = "opening the store";

/// The opened store.
#[derive(Debug)]
pub struct Store {
    root: PathBuf,
    owners: Owners,
    additional: additional::Additional,
    /// Somebody else's: nothing is made or thrown away there.
    only_read: bool,
}

impl Store {
    /// Opens the store, and makes it where there is none.
    ///
    /// The root must be the user's own and closed to others (S-12): a setuid file of an image
    /// would otherwise be a setuid file of the user for everybody on the machine.
    pub fn open(root: &Path) -> Result<Self, Error> {
        Self::open_as(root, None)
    }

    /// The same for a user who says whose the files of its layers are to be: a store is made so,
    /// and one that was made otherwise is refused.
    pub fn open_as(root: &Path, wanted: Option<Owners>) -> Result<Self, Error> {
        let root = absolute(root)?;
        if let Some(text) = file::read_small(&root.join("version"))? {
            check_version(&root, &text)?;
            let owners = Owners::of(&root)?;
            if wanted.is_some_and(|wanted| wanted != owners) {
                return Err(Error::OtherOwners { path: root, owners });
            }
            check_root(&root, owners)?;
            return Ok(Self::at(root, owners));
        }
        match make_root(&root) {
            // Another command has made it meanwhile.
            Err(Error::NotAStore { .. }) if root.join("version").exists() => {
                return Self::open_as(&root, wanted);
            }
            made => made?,
        }
        let owners = wanted.unwrap_or(Owners::Kept);
        check_root(&root, owners)?;
        let store = Self::at(root, owners);
        store.lay_out()?;
        Ok(store)
    }

    fn at(root: PathBuf, owners: Owners) -> Self {
        Self {
            root,
            owners,
            additional: additional::Additional::default(),
            only_read: false,
        }
    }

    /// The store again in a worker, which was handed its directory by somebody who has opened it.
    ///
    /// No look at the owner: in U0 that is another number, and not 0 where root is the user.
    pub fn handed_over(root: &Path) -> Self {
        let owners = Owners::of(root).unwrap_or(Owners::Kept);
        Self::at(root.to_owned(), owners)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folders, then the marker last: a half-made store is simply made again.
    fn lay_out(&self) -> Result<(), Error> {
        for folder in FOLDERS {
            let path = self.root.join(folder);
            match fs::DirBuilder::new().mode(0o700).create(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                    return Err(Error::io(MAKING, &path, error));
                }
                _ => {}
            }
            let mode = fs::Permissions::from_mode(self.folder_mode(folder));
            fs::set_permissions(&path, mode).map_err(|error| Error::io(MAKING, &path, error))?;
        }
        if self.owners == Owners::Noted {
            self.replace_durably(&self.root.join(noted::MARK), noted::SHARED)?;
        }
        let text = format!("{MARKER}{FORMAT}\n");
        self.replace_durably(&self.root.join("version"), text.as_bytes())
    }

    fn tmp(&self) -> PathBuf {
        self.root.join("tmp")
    }

    /// Returns how full the file system of the store is.
    pub fn space(&self) -> Result<sys::fs::Space, Error> {
        let dir = self.directory()?;
        sys::fs::space(&dir).map_err(|error| Error::sys("looking at", &self.root, error))
    }

    fn directory(&self) -> Result<OwnedFd, Error> {
        sys::fs::open_directory(&self.root).map_err(|error| Error::sys(OPENING, &self.root, error))
    }
}

fn absolute(root: &Path) -> Result<PathBuf, Error> {
    std::path::absolute(root).map_err(|error| Error::io(OPENING, root, error))
}

/// Makes the root; refuses a directory that holds somebody else's things (S-91).
fn make_root(root: &Path) -> Result<(), Error> {
    let made = fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(root);
    if let Err(error) = made {
        return Err(Error::io(MAKING, root, error));
    }
    reset::refuse_precious(root)?;
    let entries = fs::read_dir(root).map_err(|error| Error::io(OPENING, root, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| Error::io("reading", root, error))?;
        let known = |name: &&str| entry.file_name() == **name;
        if !FOLDERS
            .iter()
            .chain(&["built", "caches", "networks", "secrets", "u0", noted::MARK])
            .any(known)
        {
            return Err(Error::NotAStore {
                path: root.to_owned(),
                found: entry.file_name(),
            });
        }
    }
    Ok(())
}

fn check_root(root: &Path, owners: Owners) -> Result<(), Error> {
    let facts = fs::metadata(root).map_err(|error| Error::io(OPENING, root, error))?;
    if facts.uid() != sys::fs::own_uid() {
        return Err(Error::NotOurs {
            path: root.to_owned(),
            owner: facts.uid(),
        });
    }
    let (mode, doing) = match owners {
        Owners::Kept if facts.mode() & 0o077 == 0 => return Ok(()),
        Owners::Noted if facts.mode() & 0o055 == 0o055 => return Ok(()),
        Owners::Kept => (0o700, "closing the store to other users"),
        Owners::Noted => (0o755, "opening the store to other users"),
    };
    fs::set_permissions(root, fs::Permissions::from_mode(mode))
        .map_err(|error| Error::io(doing, root, error))
}

fn check_version(root: &Path, text: &[u8]) -> Result<(), Error> {
    let text = String::from_utf8_lossy(text);
    let line = text.trim_end();
    let number = line
        .strip_prefix(MARKER)
        .and_then(|number| number.parse::<u32>().ok());
    match number {
        Some(number) if number <= FORMAT => Ok(()),
        Some(number) => Err(Error::TooNew {
            path: root.to_owned(),
            number,
        }),
        // What is left of ours, or a disk's zeroes; any other text is somebody else's.
        None if MARKER.starts_with(line) || line.starts_with(MARKER) || line.starts_with('\0') => {
            let reason = "it does not say the store's format";
            Err(Error::damaged(&root.join("version"), reason))
        }
        None => Err(Error::NotAStore {
            path: root.to_owned(),
            found: "version".into(),
        }),
    }
}

/// Returns 16 random hex digits for a name in tmp/.
fn random_name() -> Result<String, Error> {
    let mut bytes = [0; 8];
    sys::fs::random(&mut bytes)
        .map_err(|error| Error::sys("asking for randomness", Path::new("/"), error))?;
    Ok(format!("{:016x}", u64::from_ne_bytes(bytes)))
}

#[cfg(test)]
mod tests;
