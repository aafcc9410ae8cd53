//! Directories in the making: in tmp/, locked by their maker, renamed into place when whole.

use std::fs;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::store::claim::is_still_at;
use crate::store::{Error, Owners, Store, random_name};
use crate::sys;
use crate::sys::fs::Lock;

/// An unfinished directory. Dropped unfinished, it goes to the trash.
///
/// The lock is a flock(2) of the directory itself: a worker that inherits the descriptor
/// keeps it locked until it has ended too.
#[derive(Debug)]
pub struct Staged {
    root: PathBuf,
    path: PathBuf,
    dir: fs::File,
    finished: bool,
}

impl Staged {
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn fd(&self) -> BorrowedFd<'_> {
        self.dir.as_fd()
    }

    /// The lock, which goes along when the directory is renamed.
    pub(crate) fn lock(&self) -> Result<fs::File, Error> {
        let copy = self.dir.try_clone();
        copy.map_err(|error| Error::io("locking", &self.path, error))
    }

    /// Renames it into place; false when the place is taken by a directory with content.
    pub(crate) fn move_to(mut self, place: &Path) -> Result<bool, Error> {
        match fs::rename(&self.path, place) {
            Ok(()) => {
                self.finished = true;
                Ok(true)
            }
            Err(error)
                if matches!(
                    error.raw_os_error(),
                    Some(sys::fs::EEXIST | sys::fs::ENOTEMPTY)
                ) =>
            {
                Ok(false)
            }
            Err(error) => Err(Error::io("renaming into place", place, error)),
        }
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        // Whoever passes by reclaims it when this fails.
        if let Ok(name) = random_name() {
            let _ = fs::rename(&self.path, self.root.join("tmp/trash").join(name));
        }
    }
}

impl Store {
    /// Makes a locked, empty directory in tmp/.
    pub fn stage(&self) -> Result<Staged, Error> {
        let staged = self.stage_as(&format!("stage-{}", random_name()?))?;
        if self.owners() == Owners::Noted {
            staged.note_owners()?;
        }
        Ok(staged)
    }

    pub(crate) fn stage_as(&self, name: &str) -> Result<Staged, Error> {
        let path = self.tmp().join(name);
        let mut again = false;
        loop {
            match fs::DirBuilder::new().mode(0o700).create(&path) {
                Err(error) if again && error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Error::io("making", &path, error)),
                Ok(()) => {}
            }
            // A collector that came between takes the directory away: then once more.
            if let Some(dir) = lock_directory(&path)? {
                return Ok(Staged {
                    root: self.root.clone(),
                    path,
                    dir,
                    finished: false,
                });
            }
            again = true;
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Locks a directory; `None` when another holds it or it was taken away.
pub(crate) fn lock_directory(path: &Path) -> Result<Option<fs::File>, Error> {
    let dir = match sys::fs::open_directory(path) {
        Ok(dir) => fs::File::from(dir),
        Err(error) if error.errno == sys::fs::ENOENT => return Ok(None),
        Err(error) => return Err(Error::sys("opening", path, error)),
    };
    let locked = sys::fs::try_lock(&dir, Lock::Exclusive)
        .map_err(|error| Error::sys("locking", path, error))?;
    Ok((locked && is_still_at(&dir, path)).then_some(dir))
}
