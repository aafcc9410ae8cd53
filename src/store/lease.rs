//! Leases: what somebody is about to refer to.
//!
//! A lease is a locked file in tmp/ that lists objects, one per line. A collector locks an
//! object exclusively, reads references and leases, and only then takes it away. Whoever leases
//! writes the lease first and then takes the object's lock shared: whichever comes first, the
//! object is either kept or seen to be gone.

use std::collections::HashSet;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::store::claim::is_still_at;
use crate::store::container::MAX_LOCK_WAIT;
use crate::store::error::passed;
use crate::store::{Error, Store, random_name};
use crate::sys;
use crate::sys::fs::Lock;
use crate::sys::open::open_to_lock;
use crate::types::{ChainId, Digest};

/// The longest list of leased objects that is read.
const MAX_LEASE: u64 = 1 << 20;

/// Objects that stay while this lives.
#[derive(Debug)]
pub struct Lease {
    root: PathBuf,
    path: PathBuf,
    file: fs::File,
}

impl Lease {
    fn add(&mut self, line: &str) -> Result<(), Error> {
        self.file
            .write_all(line.as_bytes())
            .map_err(|error| Error::io("writing", &self.path, error))
    }

    /// Names a layer; it may come later.
    pub fn layer(&mut self, chain: &ChainId) -> Result<(), Error> {
        self.add(&format!("layer {}\n", chain.hex()))?;
        pass_collector(&self.root.join("layers").join(chain.hex()))
    }

    /// Names a document (or an image's manifest); it may come later.
    pub fn blob(&mut self, digest: &Digest) -> Result<(), Error> {
        self.add(&format!("blob {}\n", digest.hex()))?;
        pass_collector(&self.root.join("blobs/sha256").join(digest.hex()))
    }
}

/// Waits for a collector that may have looked before the lease was written.
fn pass_collector(object: &Path) -> Result<(), Error> {
    let begin = Instant::now();
    loop {
        let Ok(file) = open_to_lock(object) else {
            return Ok(()); // not here (any more): the caller will see that
        };
        let free = sys::fs::try_lock(&file, Lock::Shared)
            .map_err(|error| Error::sys("locking", object, error))?;
        if free {
            return Ok(());
        }
        if begin.elapsed() > MAX_LOCK_WAIT {
            return Err(Error::Busy {
                what: object.display().to_string(),
                waited: begin.elapsed(),
            });
        }
        thread::sleep(Duration::from_millis(1));
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        // Still locked by us; a file left behind is reclaimed.
        let _ = fs::remove_file(&self.path);
    }
}

impl Store {
    /// Begins an empty lease.
    pub fn lease(&self) -> Result<Lease, Error> {
        loop {
            let path = self.tmp().join(format!("lease-{}", random_name()?));
            let file = fs::OpenOptions::new()
                .append(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)
                .map_err(|error| Error::io("making", &path, error))?;
            let locked = sys::fs::try_lock(&file, Lock::Exclusive)
                .map_err(|error| Error::sys("locking", &path, error))?;
            if locked && is_still_at(&file, &path) {
                let lease = Lease {
                    root: self.root.clone(),
                    path,
                    file,
                };
                passed("store.lease.begun", &lease.path)?;
                return Ok(lease);
            }
        }
    }

    /// Returns every line of every living lease.
    pub(crate) fn leased(&self) -> Result<HashSet<String>, Error> {
        let mut lines = HashSet::new();
        for name in crate::store::file::names_in(&self.tmp())? {
            if !name.starts_with("lease-") {
                continue;
            }
            let Ok(file) = open_to_lock(&self.tmp().join(&name)) else {
                continue; // ended meanwhile
            };
            let path = self.tmp().join(&name);
            let idle = sys::fs::try_lock(&file, Lock::Exclusive)
                .map_err(|error| Error::sys("locking", &path, error))?;
            if idle && is_still_at(&file, &path) {
                continue; // its owner died; reclaimed with the rest of tmp/
            }
            let mut text = String::new();
            file.take(MAX_LEASE)
                .read_to_string(&mut text)
                .map_err(|error| Error::io("reading", &path, error))?;
            lines.extend(text.lines().map(str::to_owned));
        }
        Ok(lines)
    }
}
