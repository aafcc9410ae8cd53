//! Deletes a directory tree by descriptors: never through a link, never into another mount.
//!
//! Trees made by containers may be deeper than PATH_MAX and deeper than there are
//! descriptors (S-18), and may still hold a mount (S-91). So nothing recurses: a directory
//! that lies too deep is moved up to the tree's top and taken from there.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::sys::SysError;
use crate::sys::fs;
use crate::sys::fs::{Kind, Open};

/// How many directories are open at once; below the usual limit of 1,024 descriptors.
const MAX_OPEN: usize = 64;

/// Removes `name` in `dir` with everything below it. A name that is gone already is no error.
///
/// What lies on another file system or mount is left alone and makes the call fail with EXDEV.
pub fn remove(dir: impl AsFd, name: &[u8]) -> Result<(), SysError> {
    let dir = dir.as_fd();
    match fs::stat_at(dir, name) {
        Err(error) if error.errno == fs::ENOENT => return Ok(()),
        Err(error) => return Err(error),
        Ok(stat) if stat.kind != Kind::Directory => return gone(fs::unlink_at(dir, name)),
        Ok(_) => {}
    }
    let top = open_for_removal(dir, name)?;
    Removal {
        top: top.as_fd(),
        moved: 0,
    }
    .empty()?;
    gone(fs::rmdir_at(dir, name))
}

/// The same by a path that is trusted, such as one of a directory of our own.
pub fn remove_path(path: &Path) -> Result<(), SysError> {
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(SysError::new("rmdir", path.to_string_lossy(), fs::EINVAL));
    };
    match fs::open_directory(parent) {
        Err(error) if error.errno == fs::ENOENT => Ok(()),
        Err(error) => Err(error),
        Ok(parent) => remove(parent, name.as_bytes()),
    }
}

struct Removal<'a> {
    /// The tree's root; deep directories are moved here.
    top: BorrowedFd<'a>,
    moved: u64,
}

/// A directory that is being emptied and what is left to look at in it.
struct Level {
    dir: OwnedFd,
    /// Its name in the level above; empty for the top.
    name: Vec<u8>,
    rest: Vec<Vec<u8>>,
}

impl Removal<'_> {
    /// Empties the top; passes over it again while deep directories were moved there.
    fn empty(&mut self) -> Result<(), SysError> {
        loop {
            let before = self.moved;
            self.pass()?;
            if self.moved == before {
                return Ok(());
            }
        }
    }

    fn pass(&mut self) -> Result<(), SysError> {
        let first = fs::open_at(self.top, b".", Open::Directory)?;
        let mut levels = vec![Level::new(first, Vec::new())?];
        while let Some(level) = levels.last_mut() {
            let Some(name) = level.rest.pop() else {
                let name = std::mem::take(&mut level.name);
                levels.pop();
                if let Some(above) = levels.last() {
                    gone(fs::rmdir_at(&above.dir, &name))?;
                }
                continue;
            };
            match fs::unlink_at(&level.dir, &name) {
                Ok(()) => continue,
                // unlink(2) of a directory is EISDIR on Linux, EPERM where POSIX is followed.
                Err(error) if error.errno == fs::EISDIR || error.errno == fs::EPERM => {}
                Err(error) if error.errno == fs::EACCES => {}
                Err(error) => gone(Err(error))?,
            }
            let depth = levels.len();
            let level = levels.last().expect("looked at above");
            if depth >= MAX_OPEN {
                self.move_up(level, &name)?;
                continue;
            }
            match fs::rmdir_at(&level.dir, &name) {
                Ok(()) => continue,
                Err(error) if error.errno == fs::ENOENT => continue,
                Err(_) => {}
            }
            let below = open_for_removal(level.dir.as_fd(), &name)?;
            levels.push(Level::new(below, name)?);
        }
        Ok(())
    }

    fn move_up(&mut self, level: &Level, name: &[u8]) -> Result<(), SysError> {
        loop {
            self.moved += 1;
            let to = format!(".deep-{}", self.moved);
            match fs::rename_new_at(&level.dir, name, self.top, to.as_bytes()) {
                Err(error) if error.errno == fs::EEXIST => {}
                // Renaming a directory writes its "..": it must be writable by us.
                Err(error) if error.errno == fs::EACCES => {
                    drop(open_for_removal(level.dir.as_fd(), name)?);
                    fs::rename_new_at(&level.dir, name, self.top, to.as_bytes())?;
                    return Ok(());
                }
                done => return gone(done),
            }
        }
    }
}

impl Level {
    fn new(dir: OwnedFd, name: Vec<u8>) -> Result<Self, SysError> {
        let rest = fs::names(dir.as_fd())?;
        Ok(Self { dir, name, rest })
    }
}

/// Opens a directory for emptying; gives its owner the rights first when they are missing.
fn open_for_removal(dir: BorrowedFd<'_>, name: &[u8]) -> Result<OwnedFd, SysError> {
    let opened = fs::open_beneath(dir, name, Open::Directory);
    let writable = |fd: &OwnedFd| fs::stat(fd).is_ok_and(|stat| stat.mode & 0o700 == 0o700);
    match opened {
        Ok(fd) if writable(&fd) => Ok(fd),
        Ok(fd) => {
            // Fails for a stranger's directory; then the deletion says what is wrong.
            let _ = fs::chmod(&fd, 0o700);
            Ok(fd)
        }
        Err(error) if error.errno == fs::EACCES => {
            let handle = fs::open_beneath(dir, name, Open::Path)?;
            fs::chmod_handle(&handle, 0o700)?;
            fs::open_beneath(dir, name, Open::Directory)
        }
        Err(error) => Err(error),
    }
}

/// Turns "no such file" into success: somebody else removed it.
fn gone(result: Result<(), SysError>) -> Result<(), SysError> {
    match result {
        Err(error) if error.errno == fs::ENOENT => Ok(()),
        other => other,
    }
}
