//! Throwing away: a rename now, the deleting later and elsewhere.
//!
//! Deleting 600 MB takes seconds (speed.md section 1), and files of other container users
//! can only be deleted inside U0. So nobody waits for it: `sweep` runs in a worker there.

use std::fs;
use std::io;
use std::path::Path;

use crate::store::claim::is_still_at;
use crate::store::file::names_in;
use crate::store::stage::lock_directory;
use crate::store::{Error, Store, random_name};
use crate::sys;
use crate::sys::fs::Lock;

impl Store {
    /// Takes a file or directory of the store out of sight. What is gone already is no error.
    pub fn discard(&self, path: &Path) -> Result<(), Error> {
        let place = self.tmp().join("trash").join(random_name()?);
        match fs::rename(path, place) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::io("removing", path, error))
            }
            _ => Ok(()),
        }
    }

    /// Whether there is something for [`Store::sweep`] or [`Store::settle`] to do.
    pub fn is_untidy(&self) -> bool {
        let trash = names_in(&self.tmp().join("trash")).is_ok_and(|names| !names.is_empty());
        trash
            || names_in(&self.tmp()).is_ok_and(|names| names.iter().any(|n| n.starts_with("new-")))
    }

    /// Does everything that nobody waits for: reclaims what dead processes left in tmp/,
    /// collects garbage, deletes the trash, and sees the new on the disk.
    ///
    /// Run it where the files' owners are mapped: in U0. What cannot be deleted is left and
    /// the first reason returned, after everything else was tried.
    pub fn sweep(&self) -> Result<(), Error> {
        let reclaimed = self.reclaim();
        let collected = self.collect();
        let emptied = self.empty_trash();
        self.settle()?;
        reclaimed?;
        collected?;
        emptied
    }

    /// Deletes the trash.
    pub fn empty_trash(&self) -> Result<(), Error> {
        let path = self.tmp().join("trash");
        let trash =
            sys::fs::open_directory(&path).map_err(|error| Error::sys("opening", &path, error))?;
        let mut failure = None;
        for name in names_in(&path)? {
            if let Err(error) = sys::tree::remove(&trash, name.as_bytes()) {
                failure.get_or_insert(Error::sys("deleting", &path.join(&name), error));
            }
        }
        failure.map_or(Ok(()), Err)
    }

    /// Moves everything in tmp/ whose owner is dead to the trash.
    pub fn reclaim(&self) -> Result<(), Error> {
        for name in names_in(&self.tmp())? {
            let path = self.tmp().join(&name);
            if name.starts_with("stage-") || name.starts_with("container-") {
                if let Some(_lock) = lock_directory(&path)? {
                    self.discard(&path)?;
                }
            } else if name.starts_with("lease-") || name.starts_with("claim-") {
                self.reclaim_lock_file(&path)?;
            } else if name.starts_with("file-") && is_old(&path) {
                // Small files are written within an instant and carry no lock.
                self.discard(&path)?;
            }
        }
        Ok(())
    }

    fn reclaim_lock_file(&self, path: &Path) -> Result<(), Error> {
        let Ok(file) = fs::File::open(path) else {
            return Ok(());
        };
        let locked = sys::fs::try_lock(&file, Lock::Exclusive)
            .map_err(|error| Error::sys("locking", path, error))?;
        if locked && is_still_at(&file, path) {
            let _ = fs::remove_file(path);
        }
        Ok(())
    }
}

/// Whether a file was last written an hour ago or, after a change of the clock, in the future.
fn is_old(path: &Path) -> bool {
    let modified = fs::symlink_metadata(path).and_then(|facts| facts.modified());
    match modified.map(|at| at.elapsed()) {
        Ok(Ok(age)) => age.as_secs() > 3600,
        Ok(Err(_)) => true,
        Err(_) => false,
    }
}
