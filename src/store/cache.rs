//! Directories that RUN steps of builds keep for later ones: `RUN --mount=type=cache`.
//!
//! Each lies under the hash of its id (S-92), with a lock beside it that its users hold.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::store::file::names_in;
use crate::store::{Error, Store};
use crate::sys;
use crate::sys::fs::Lock;
use crate::types::Digest;

/// How long a step waits for another one that has a cache for itself.
const WAIT: Duration = Duration::from_secs(6 * 3600);
const PAUSE: Duration = Duration::from_millis(20);
/// How many private copies of a cache there may be at once.
const COPIES: usize = 1024;

/// A cache that is not removed while this lives.
#[derive(Debug)]
pub struct CacheLock {
    _file: fs::File,
}

impl Store {
    fn caches_dir(&self) -> PathBuf {
        self.root.join("caches")
    }

    /// A cache that many use at once.
    pub fn shared_cache(&self, id: &Digest) -> Result<(PathBuf, CacheLock), Error> {
        self.wait_for_cache(id, Lock::Shared)
    }

    /// A cache for one user after the other.
    pub fn locked_cache(&self, id: &Digest) -> Result<(PathBuf, CacheLock), Error> {
        self.wait_for_cache(id, Lock::Exclusive)
    }

    /// The cache, or another one of its name while somebody has it.
    pub fn private_cache(&self, id: &Digest) -> Result<(PathBuf, CacheLock), Error> {
        for copy in 0..COPIES {
            let name = format!("{}-{copy}", id.hex());
            if let Some(found) = self.cache_at(&name, Lock::Exclusive)? {
                return Ok(found);
            }
        }
        Err(Error::Busy {
            what: "cache".to_owned(),
            waited: Duration::ZERO,
        })
    }

    fn wait_for_cache(&self, id: &Digest, lock: Lock) -> Result<(PathBuf, CacheLock), Error> {
        let begin = Instant::now();
        loop {
            if let Some(found) = self.cache_at(&id.hex(), lock)? {
                return Ok(found);
            }
            if begin.elapsed() > WAIT {
                return Err(Error::Busy {
                    what: "cache".to_owned(),
                    waited: begin.elapsed(),
                });
            }
            std::thread::sleep(PAUSE);
        }
    }

    fn cache_at(&self, name: &str, lock: Lock) -> Result<Option<(PathBuf, CacheLock)>, Error> {
        let folder = self.caches_dir();
        make(&folder, 0o700)?;
        let path = folder.join(format!("{name}.lock"));
        let file = fs::OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| Error::io("opening", &path, error))?;
        let locked =
            sys::fs::try_lock(&file, lock).map_err(|error| Error::sys("locking", &path, error))?;
        if !locked {
            return Ok(None);
        }
        let directory = folder.join(name);
        make(&directory, 0o755)?;
        Ok(Some((directory, CacheLock { _file: file })))
    }

    /// Throws away the caches that nobody uses.
    pub fn forget_caches(&self) -> Result<(), Error> {
        let folder = self.caches_dir();
        for name in names_in(&folder)? {
            let Some(cache) = name.strip_suffix(".lock") else {
                continue;
            };
            // The lock's file stays: somebody may be waiting for it.
            if self.cache_at(cache, Lock::Exclusive)?.is_some() {
                self.discard(&folder.join(cache))?;
            }
        }
        Ok(())
    }
}

fn make(path: &Path, mode: u32) -> Result<(), Error> {
    match fs::DirBuilder::new().mode(mode).create(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(Error::io("making", path, error))
        }
        _ => Ok(()),
    }
}
