//! Throwing away: a rename now, the deleting later and elsewhere.
//!
//! Deleting 600 MB takes seconds (speed.md section 1), and files of other container users
//! can only be deleted inside U0. So nobody waits for it: `sweep` runs in a worker there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::store::claim::is_still_at;
use crate::store::error::passed;
use crate::store::file::names_in;
use crate::store::stage::lock_directory;
use crate::store::{Error, Store, random_name};
use crate::sys;
use crate::sys::fs::Lock;
use crate::sys::open::open_to_lock;

impl Store {
    /// Takes a file or directory of the store out of sight. What is gone already is no error.
    pub fn discard(&self, path: &Path) -> Result<(), Error> {
        self.discard_to(path).map(drop)
    }

    /// The same; returns where it lies in the trash, `None` when it was gone already.
    pub(crate) fn discard_to(&self, path: &Path) -> Result<Option<PathBuf>, Error> {
        let place = self.tmp().join("trash").join(random_name()?);
        match fs::rename(path, &place) {
            Ok(()) => Ok(Some(place)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("removing", path, error)),
        }
    }

    /// Whether there is something for [`Store::sweep`] or [`Store::settle`] to do: trash, marks
    /// of what is new, or something unfinished that nobody holds.
    pub fn is_untidy(&self) -> bool {
        let filled = |names: Result<Vec<String>, Error>| names.is_ok_and(|names| !names.is_empty());
        filled(names_in(&self.tmp().join("trash")))
            || names_in(&self.tmp()).is_ok_and(|names| {
                let mut left = names.iter().filter(|name| *name != "trash");
                left.any(|name| name.starts_with("new-") || self.is_orphan(name))
            })
    }

    /// Whether the owner of something in tmp/ is dead.
    ///
    /// Taken shared and for an instant: an owner that is just taking its lock tries again.
    fn is_orphan(&self, name: &str) -> bool {
        let Ok(file) = open_to_lock(&self.tmp().join(name)) else {
            return false; // finished since the folder was read
        };
        let idle = matches!(sys::fs::try_lock(&file, Lock::Shared), Ok(true));
        idle && is_still_at(&file, &self.tmp().join(name))
    }

    /// Does everything that nobody waits for: reclaims what dead processes left in tmp/,
    /// collects garbage, deletes the trash, and sees the new on the disk.
    ///
    /// Run it where the files' owners are mapped: in U0. What cannot be deleted is left and
    /// the first reason returned, after everything else was tried.
    pub fn sweep(&self) -> Result<(), Error> {
        let root = self.root();
        let steps = [
            self.reclaim(),
            passed("store.sweep.reclaimed", root),
            self.collect().map(drop),
            passed("store.sweep.collected", root),
            self.empty_trash(),
            passed("store.sweep.emptied", root),
            self.settle(),
        ];
        steps.into_iter().collect()
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

    /// Moves everything in tmp/ whose owner is dead to the trash, and names of nothing with it.
    pub fn reclaim(&self) -> Result<(), Error> {
        for name in names_in(&self.tmp())? {
            let path = self.tmp().join(&name);
            if name.starts_with("stage-") || name.starts_with("container-") {
                if let Some(_lock) = lock_directory(&path)? {
                    self.discard(&path)?;
                }
            } else if ["lease-", "claim-", "file-"]
                .iter()
                .any(|kind| name.starts_with(kind))
            {
                self.reclaim_lock_file(&path)?;
            }
        }
        self.reclaim_names()?;
        self.reclaim_image_names()
    }

    fn reclaim_lock_file(&self, path: &Path) -> Result<(), Error> {
        let Ok(file) = open_to_lock(path) else {
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
