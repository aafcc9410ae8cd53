//! The end of a store: everything of ours goes, nothing else (S-91).
//!
//! In this order, so that a command killed at any point leaves a store that works: what is in
//! the folders goes to the trash; the trash is deleted, in U0; what stands beside the folders;
//! the marker; the empty folders. What is not ours is never touched: where there is any, the
//! emptied store stays around it.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::store::error::passed;
use crate::store::file::{names_in, read_small};
use crate::store::{Error, FOLDERS, Owners, Store, absolute, check_root, check_version};
use crate::sys;
use crate::sys::fs::{Lock, Open};
use crate::sys::open::open_to_lock;

/// What stands beside the folders of an empty store; `-` at the end: what begins so.
const BESIDE: &[&str] = &[
    "built",
    "caches",
    "events",
    "force_mask",
    "overlay-refused",
    "networks",
    "program-",
    "run",
    "runtime-",
    "secrets",
    "shifted",
    "u0",
];
const VERSION: &str = "version";
/// How long other commands get to finish.
const BUSY_LIMIT: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(20);

impl Store {
    /// Opens the store for its end; `None` where there is none. Nothing is made.
    ///
    /// A home or the top of all files is refused, whatever marker lies there.
    pub fn open_to_reset(root: &Path) -> Result<Option<Self>, Error> {
        let root = absolute(root)?;
        let Some(text) = read_small(&root.join(VERSION))? else {
            return Ok(None);
        };
        refuse_precious(&root)?;
        check_version(&root, &text)?;
        let owners = Owners::of(&root)?;
        check_root(&root, owners)?;
        Ok(Some(Self::at(root, owners)))
    }

    /// Waits until no other command is at work on something unfinished.
    pub fn await_idle(&self) -> Result<(), Error> {
        let begin = Instant::now();
        loop {
            let Some(name) = self.held()? else {
                return Ok(());
            };
            if begin.elapsed() > BUSY_LIMIT {
                return Err(Error::Busy {
                    what: self.tmp().join(name).display().to_string(),
                    waited: begin.elapsed(),
                });
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Something unfinished whose owner lives.
    fn held(&self) -> Result<Option<String>, Error> {
        for name in names_in(&self.tmp())? {
            let path = self.tmp().join(&name);
            // Notes for whoever passes by have no owner.
            if name == "trash" || name.starts_with("new-") {
                continue;
            }
            let Ok(file) = open_to_lock(&path) else {
                continue; // finished since the folder was read
            };
            let idle = sys::fs::try_lock(&file, Lock::Shared)
                .map_err(|error| Error::sys("locking", &path, error))?;
            if !idle {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    /// Throws away what is in the folders.
    pub fn discard_everything(&self) -> Result<(), Error> {
        for folder in FOLDERS {
            let path = self.root.join(folder);
            refuse_link(&path)?;
            for name in names_in(&path)? {
                let inner = format!("{folder}/{name}");
                if *folder == "tmp/trash" || FOLDERS.contains(&inner.as_str()) {
                    continue;
                }
                self.discard(&path.join(name))?;
                passed("store.reset.discarding", &path)?;
            }
        }
        Ok(())
    }

    /// Removes the rest of an emptied store; returns what is there and not ours.
    ///
    /// The trash is empty. Where something stays, the folders and the marker do, too.
    pub fn take_down(&self) -> Result<Vec<PathBuf>, Error> {
        let top = self.directory()?;
        for name in names_in(&self.root)? {
            if BESIDE.iter().any(|known| is_known(known, &name)) {
                sys::tree::remove(&top, name.as_bytes())
                    .map_err(|error| Error::sys("deleting", &self.root.join(&name), error))?;
            }
        }
        passed("store.reset.bared", &self.root)?;
        let strangers = self.strangers()?;
        if !strangers.is_empty() {
            return Ok(strangers);
        }
        sys::fs::unlink_at(&top, VERSION.as_bytes())
            .map_err(|error| Error::sys("deleting", &self.root.join(VERSION), error))?;
        passed("store.reset.unmarked", &self.root)?;
        for folder in FOLDERS.iter().rev() {
            let path = self.root.join(folder);
            match fs::remove_dir(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::io("deleting", &path, error));
                }
                _ => {}
            }
        }
        // Its parent may be another user's, and it may be a mount: then it stays, empty.
        let _ = fs::remove_dir(&self.root);
        Ok(Vec::new())
    }

    /// Everything that is neither a folder, nor in one, nor known beside them.
    pub(crate) fn strangers(&self) -> Result<Vec<PathBuf>, Error> {
        let mut found = Vec::new();
        for folder in std::iter::once("").chain(FOLDERS.iter().copied()) {
            let path = self.root.join(folder);
            let dir = match sys::fs::open_directory(&path) {
                Ok(dir) => dir,
                Err(error) if error.errno == sys::fs::ENOENT => continue,
                Err(error) => return Err(Error::sys("opening", &path, error)),
            };
            let dir = sys::fs::open_at(&dir, b".", Open::Directory)
                .map_err(|error| Error::sys("opening", &path, error))?;
            let names = sys::fs::names(std::os::fd::AsFd::as_fd(&dir))
                .map_err(|error| Error::sys("reading", &path, error))?;
            for name in names {
                let text = std::str::from_utf8(&name).unwrap_or_default();
                let ours = match folder {
                    "" => is_ours(text),
                    // Their contents were thrown away, as far as they have names of ours.
                    _ => FOLDERS.contains(&format!("{folder}/{text}").as_str()),
                };
                if !ours {
                    found.push(path.join(std::ffi::OsStr::from_bytes(&name)));
                }
            }
        }
        Ok(found)
    }

    /// What lies at the top of the store and is not ours.
    pub fn strange_names(&self) -> Result<Vec<PathBuf>, Error> {
        let mut found = self.strangers()?;
        found.retain(|path| path.parent() == Some(&self.root));
        Ok(found)
    }
}

/// Refuses a folder that has become a link: what is behind it may be anybody's.
fn refuse_link(path: &Path) -> Result<(), Error> {
    match fs::symlink_metadata(path) {
        Ok(facts) if facts.is_dir() => Ok(()),
        Ok(_) => Err(Error::damaged(path, "it is not a directory")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Error::io("reading", path, error)),
    }
}

/// Whether a name at the top is one of ours.
fn is_ours(name: &str) -> bool {
    name == VERSION || FOLDERS.contains(&name) || BESIDE.iter().any(|known| is_known(known, name))
}

fn is_known(known: &str, name: &str) -> bool {
    match known.ends_with('-') {
        true => name.starts_with(known),
        false => name == known,
    }
}

/// Refuses the top of all files and the user's home: no store ends, or begins, there.
pub(crate) fn refuse_precious(root: &Path) -> Result<(), Error> {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let home = home.filter(|home| home.is_absolute());
    // Whatever names lead there.
    let inode = |place: &Path| fs::metadata(place).map(|facts| (facts.dev(), facts.ino()));
    let Ok(root_inode) = inode(root) else {
        return Ok(());
    };
    let mut precious = std::iter::once(PathBuf::from("/")).chain(home);
    if precious.any(|place| inode(&place).is_ok_and(|its| its == root_inode)) {
        return Err(Error::Precious {
            path: root.to_owned(),
        });
    }
    Ok(())
}
