//! An image's tree under other owners: `shifted/<top chain>-<map>/diff`, made by `rootfs/shift.rs`.
//!
//! A cache: it can be made again from the layers, and goes when its topmost layer goes.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::store::error::passed;
use crate::store::file::{make_private, names_in, read_small, write_private};
use crate::store::stage::Staged;
use crate::store::{Error, Store};
use crate::userns::machine;

/// Hex digits of a chain id.
const CHAIN: usize = 64;
/// What the name of a tree ends with whose layers have their owners noted.
pub const NOTED: &str = "-noted";
/// How long such a tree stays that nothing refers to.
const WHILE: Duration = Duration::from_secs(7 * 24 * 3600);

fn is_young(path: &Path) -> bool {
    let modified = fs::metadata(path).and_then(|facts| facts.modified()).ok();
    modified.is_some_and(|time| time.elapsed().is_ok_and(|age| age < WHILE))
}

impl Store {
    fn shifted_path(&self, name: &str) -> PathBuf {
        self.root.join("shifted").join(name)
    }

    /// Returns the tree of that name, `<top chain>-<map>`, if it is here and whole.
    ///
    /// As with layers, one that a power cut may have torn is thrown away.
    pub fn shifted(&self, name: &str) -> Result<Option<PathBuf>, Error> {
        let path = self.shifted_path(name);
        let tree = path.join("diff");
        if !tree.exists() {
            return Ok(None);
        }
        match read_small(&path.join("unsynced"))? {
            Some(boot) if boot != machine::boot_id().as_bytes() => {
                self.discard(&path)?;
                Ok(None)
            }
            _ => {
                // Who is not looked for among our layers stays for a while after the last use.
                let now = fs::File::open(&path).and_then(|dir| dir.set_modified(SystemTime::now()));
                if let Err(error) = now {
                    tracing::debug!("{}: {error}", path.display());
                }
                Ok(Some(tree))
            }
        }
    }

    /// Throws away the trees whose image is gone. One of an additional store's image stays while
    /// something of ours refers to that, and for a while after its last use.
    pub(crate) fn collect_shifted(&self, used: &HashSet<String>) -> Result<(), Error> {
        let folder = self.root.join("shifted");
        if !folder.exists() {
            return Ok(());
        }
        for name in names_in(&folder)? {
            let chain = name.get(..CHAIN).unwrap_or(&name);
            let elsewhere = name.ends_with(NOTED)
                && (used.contains(&format!("layer {chain}")) || is_young(&folder.join(&name)));
            if !elsewhere && !self.root.join("layers").join(chain).exists() {
                self.discard(&folder.join(&name))?;
            }
        }
        Ok(())
    }
}

impl Staged {
    /// Makes the staged directory, which holds `diff/`, the tree of that name. When somebody
    /// else was quicker, theirs stays: both are the same.
    pub fn commit_shifted(self, store: &Store, name: &str) -> Result<PathBuf, Error> {
        // Its own files have their owners.
        let _ = fs::remove_file(self.path().join(crate::store::noted::NOTED));
        let mark = self.path().join("unsynced");
        write_private(&mark, machine::boot_id().as_bytes())?;
        let place = store.shifted_path(name);
        let folder = store.root.join("shifted");
        match make_private(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                return Err(Error::io("making", &folder, error));
            }
            _ => {}
        }
        passed("store.shifted.staged", &place)?;
        store.announce_shifted(name)?;
        match fs::rename(self.path(), &place) {
            Err(error) if error.raw_os_error() == Some(crate::sys::fs::ENOTEMPTY) => {}
            other => other.map_err(|error| Error::io("renaming into place", &place, error))?,
        }
        Ok(place.join("diff"))
    }
}
