//! One download per blob: whoever holds the claim fetches, the others wait and look again.
//!
//! A claim is a flock(2) on a file in tmp/, so it ends with its holder whatever happens to it.

use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::store::error::passed;
use crate::store::{Error, Store};
use crate::sys;
use crate::sys::fs::Lock;
use crate::types::Digest;

/// How long somebody else's download is waited for.
pub const MAX_CLAIM_WAIT: Duration = Duration::from_secs(6 * 3600);
/// Between two looks at a lock.
const PAUSE: Duration = Duration::from_millis(25);

/// The right to fetch one blob; given back when dropped.
#[derive(Debug)]
pub struct Claim {
    path: PathBuf,
    _lock: fs::File,
    waited: bool,
}

impl Claim {
    /// Whether somebody else held it before: then look whether the object is here now.
    pub fn waited(&self) -> bool {
        self.waited
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        // Still locked: nobody can have taken it over. A file left behind is reclaimed.
        let _ = fs::remove_file(&self.path);
    }
}

impl Store {
    /// Claims a blob. While another live process holds it, `waiting` is called about once a
    /// second with the time waited so far; it returns false to give up.
    pub fn claim(
        &self,
        digest: &Digest,
        waiting: &mut dyn FnMut(Duration) -> bool,
    ) -> Result<Claim, Error> {
        let path = self.tmp().join(format!("claim-{}", digest.hex()));
        let begin = Instant::now();
        let mut told = None;
        loop {
            if let Some(lock) = try_lock_file(&path)? {
                let claim = Claim {
                    path,
                    _lock: lock,
                    waited: told.is_some(),
                };
                passed("store.claim.taken", &claim.path)?;
                return Ok(claim);
            }
            let waited = begin.elapsed();
            let due = told.is_none_or(|last| waited - last >= Duration::from_secs(1));
            let patient = !due || waiting(waited);
            if due {
                told = Some(waited);
            }
            if !patient || waited > MAX_CLAIM_WAIT {
                return Err(Error::Busy {
                    what: digest.to_string(),
                    waited,
                });
            }
            thread::sleep(PAUSE);
        }
    }
}

/// Opens and locks a file that its holder removes; `None` while somebody else has it.
pub(crate) fn try_lock_file(path: &Path) -> Result<Option<fs::File>, Error> {
    loop {
        let file = fs::OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(|error| Error::io("opening", path, error))?;
        let locked = sys::fs::try_lock(&file, Lock::Exclusive)
            .map_err(|error| Error::sys("locking", path, error))?;
        if !locked {
            return Ok(None);
        }
        // The last holder may have removed the file between our open and our lock.
        if is_still_at(&file, path) {
            return Ok(Some(file));
        }
    }
}

/// Whether the open file is what the path names now.
pub(crate) fn is_still_at(file: &fs::File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}
