//! Layers → one tree: what is mounted where, and reading a file of it without mounting.
//!
//! Overlay itself is mounted by the builder (`guest/monitor/overlay.rs`). Reading follows
//! overlay's own rules: a whiteout hides, an opaque directory ends the search
//! (Documentation/filesystems/overlayfs.rst). Links are followed inside the tree only; a
//! link may stand for at most [`MAX_LINKS`] others.

pub mod chown;
pub mod copy;
pub mod shift;

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Links followed before giving up, as the kernel does: path_resolution(7).
pub const MAX_LINKS: usize = 40;

/// Kernel flags of open(2) that std has no names for.
const O_PATH: i32 = 0o10000000;
const O_NOFOLLOW: i32 = 0o400000;
const O_NONBLOCK: i32 = 0o4000;

/// Why a file of the image could not be read.
#[derive(Debug)]
pub enum Error {
    /// Not a regular file: a directory, a pipe, a device.
    NotAFile(PathBuf),
    TooBig {
        path: PathBuf,
        limit: u64,
    },
    TooManyLinks(PathBuf),
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFile(path) => write!(f, "{}: not a regular file", path.display()),
            Self::TooBig { path, limit } => {
                write!(f, "{}: larger than {} MiB", path.display(), limit >> 20)
            }
            Self::TooManyLinks(path) => {
                write!(f, "{}: too many levels of symbolic links", path.display())
            }
            Self::Read { path, source } => write!(f, "{}: {source}", path.display()),
        }
    }
}

impl std::error::Error for Error {}

/// The directories a container's tree is made of, topmost first.
pub struct Union {
    pub layers: Vec<PathBuf>,
}

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Directory,
    /// A file, a device, a pipe.
    Other,
}

enum Found {
    Nothing,
    Directory,
    Link(Vec<u8>),
    File(OwnedFd),
}

impl Union {
    /// Reads a regular file of at most `limit` bytes; `None` when there is none.
    pub fn read(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Error> {
        let whole = PathBuf::from(path);
        match self.find(path)? {
            None => Ok(None),
            Some(Found::File(fd)) => read_file(&fd, whole, limit).map(Some),
            Some(_) => Err(Error::NotAFile(whole)),
        }
    }

    /// Says what is at a path, if anything is.
    pub fn kind_of(&self, path: &str) -> Result<Option<Kind>, Error> {
        Ok(self.find(path)?.map(|found| match found {
            Found::Directory => Kind::Directory,
            _ => Kind::Other,
        }))
    }

    /// Finds a directory or something else that is no link.
    fn find(&self, path: &str) -> Result<Option<Found>, Error> {
        let whole = PathBuf::from(path);
        let mut rest: Vec<Vec<u8>> = components(path.as_bytes());
        let mut here: Vec<Vec<u8>> = Vec::new();
        let mut links = 0;
        while let Some(name) = rest.pop() {
            if name == b".." {
                here.pop();
                continue;
            }
            here.push(name);
            match self.look(&here).map_err(|source| Error::Read {
                path: whole.clone(),
                source,
            })? {
                Found::Nothing => return Ok(None),
                Found::Directory if rest.is_empty() => return Ok(Some(Found::Directory)),
                Found::Directory => {}
                Found::File(_) if !rest.is_empty() => return Ok(None),
                Found::File(fd) => return Ok(Some(Found::File(fd))),
                Found::Link(target) => {
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(Error::TooManyLinks(whole));
                    }
                    here.pop();
                    if target.first() == Some(&b'/') {
                        here.clear();
                    }
                    rest.extend(components(&target));
                }
            }
        }
        // The path ends above everything: at the root, or with "..".
        Ok(Some(Found::Directory))
    }

    /// Finds the topmost entry at a path without links in its parents.
    fn look(&self, path: &[Vec<u8>]) -> std::io::Result<Found> {
        'layers: for layer in &self.layers {
            let mut at = match open_path(layer) {
                Ok(at) => at,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            let mut opaque = false;
            for (depth, name) in path.iter().enumerate() {
                let below = below(&at, name);
                let next = match open_path(&below) {
                    Ok(next) => next,
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                        if opaque {
                            return Ok(Found::Nothing);
                        }
                        continue 'layers;
                    }
                    Err(error) => return Err(error),
                };
                let facts = next.metadata()?;
                let kind = facts.file_type();
                if kind.is_char_device() && facts.rdev() == 0 {
                    return Ok(Found::Nothing);
                }
                let last = depth + 1 == path.len();
                if last && kind.is_dir() {
                    return Ok(Found::Directory);
                }
                if last && kind.is_symlink() {
                    return Ok(Found::Link(
                        std::fs::read_link(&below)?.as_os_str().as_bytes().to_vec(),
                    ));
                }
                if last {
                    return Ok(Found::File(next.into()));
                }
                if !kind.is_dir() {
                    // Something else in the way hides what the layers below have there.
                    return Ok(Found::Nothing);
                }
                opaque = opaque || is_opaque(&below);
                at = next;
            }
        }
        Ok(Found::Nothing)
    }
}

/// Path components, last first; "." and empty ones left out.
fn components(path: &[u8]) -> Vec<Vec<u8>> {
    path.split(|byte| *byte == b'/')
        .filter(|part| !part.is_empty() && *part != b".")
        .map(<[u8]>::to_vec)
        .rev()
        .collect()
}

/// A path to an entry below an open directory, resolved by the kernel in one step.
fn below(at: &File, name: &[u8]) -> PathBuf {
    let mut path = PathBuf::from(format!("/proc/self/fd/{}", at.as_raw_fd()));
    path.push(std::ffi::OsStr::from_bytes(name));
    path
}

fn open_path(path: &Path) -> std::io::Result<File> {
    File::options()
        .read(true)
        .custom_flags(O_PATH | O_NOFOLLOW)
        .open(path)
}

/// overlayfs.rst, "whiteouts and opaque directories", with `userxattr`.
fn is_opaque(directory: &Path) -> bool {
    // Attributes cannot be read through O_PATH: open(2).
    let Ok(directory) = crate::sys::fs::open_directory(directory) else {
        return false;
    };
    // The second one is what fuse-overlayfs leaves in an upper directory.
    let names: [&[u8]; 2] = [b"user.overlay.opaque", b"user.fuseoverlayfs.opaque"];
    names.iter().any(|name| {
        let value = crate::sys::fs::xattr(&directory, name);
        value.is_ok_and(|value| value.as_deref() == Some(b"y"))
    })
}

fn read_file(fd: &OwnedFd, path: PathBuf, limit: u64) -> Result<Vec<u8>, Error> {
    let error = |source| Error::Read {
        path: path.clone(),
        source,
    };
    let handle = format!("/proc/self/fd/{}", fd.as_raw_fd());
    let facts = std::fs::metadata(&handle).map_err(error)?;
    if !facts.is_file() {
        return Err(Error::NotAFile(path));
    }
    let file = File::options()
        .read(true)
        .custom_flags(O_NONBLOCK)
        .open(handle)
        .map_err(error)?;
    let mut bytes = Vec::new();
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(error)?;
    if bytes.len() as u64 > limit {
        return Err(Error::TooBig { path, limit });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_topmost_file_is_read_and_links_stay_inside() {
        let base = std::env::temp_dir().join(format!("coracle-union-{}", std::process::id()));
        let (top, low) = (base.join("top"), base.join("low"));
        std::fs::create_dir_all(top.join("etc")).expect("made");
        std::fs::create_dir_all(low.join("etc")).expect("made");
        std::fs::create_dir_all(low.join("usr/etc")).expect("made");
        std::fs::write(low.join("etc/passwd"), "low").expect("written");
        std::fs::write(top.join("etc/group"), "top").expect("written");
        std::fs::write(low.join("usr/etc/shells"), "linked").expect("written");
        std::os::unix::fs::symlink("/usr/etc/../etc/shells", top.join("etc/shells"))
            .expect("linked");
        std::os::unix::fs::symlink("loop", top.join("loop")).expect("linked");
        std::os::unix::fs::symlink("../../../../../../etc/hostname", top.join("out"))
            .expect("linked");
        let union = Union {
            layers: vec![top, low],
        };
        let read = |path: &str| union.read(path, 100).expect("readable");
        assert_eq!(read("/etc/passwd").as_deref(), Some(&b"low"[..]));
        assert_eq!(read("etc/group").as_deref(), Some(&b"top"[..]));
        assert_eq!(read("/etc/shells").as_deref(), Some(&b"linked"[..]));
        assert_eq!(read("/etc/nothing"), None);
        assert_eq!(read("/out"), None);
        assert!(matches!(
            union.read("/loop", 9),
            Err(Error::TooManyLinks(_))
        ));
        assert!(matches!(union.read("/etc", 9), Err(Error::NotAFile(_))));
        assert!(matches!(union.read("/", 9), Err(Error::NotAFile(_))));
        for (path, expected) in [
            ("/", Some(Kind::Directory)),
            ("/usr/etc", Some(Kind::Directory)),
            ("/etc/..", Some(Kind::Directory)),
            ("/etc/shells", Some(Kind::Other)),
            ("/etc/group/below", None),
            ("/nothing", None),
        ] {
            assert_eq!(union.kind_of(path).expect("found"), expected, "{path}");
        }
        assert!(matches!(
            union.read("/etc/passwd", 2),
            Err(Error::TooBig { .. })
        ));
        std::fs::remove_dir_all(base).expect("removed");
    }
}
