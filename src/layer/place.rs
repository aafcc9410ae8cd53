//! Where an entry goes: its parent directory, found and made inside the layer's own root.
//!
//! Parents are walked one component at a time, each opened without following links, and links
//! are resolved here with the layer's root as "/" (S-02). So the directory an entry lands in
//! has a name without links, which is what the record and the late metadata pass use. Opened
//! directories are kept, because archives are written directory by directory.

use std::collections::{BTreeSet, HashMap};
use std::os::fd::OwnedFd;
use std::rc::Rc;

use crate::layer::error::{Error, Refusal};
use crate::layer::names::join;
use crate::layer::{MAX_PATH, xattr};
use crate::sys;
use crate::sys::fs::{Kind, Open};

/// Directories held open; the worker's limit of descriptors is 1,024.
const MAX_OPEN: usize = 512;
/// Links followed for one path: what the kernel allows, path_resolution(7).
const MAX_LINKS: usize = 40;
/// The mode of directories that no entry describes.
const IMPLIED_MODE: u32 = 0o755;

/// An open directory of the layer and its path in it, free of links.
pub struct Dir {
    pub fd: OwnedFd,
    pub path: Vec<u8>,
}

/// Whether links in the tree lead on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    Followed,
    Refused,
}

/// Whether missing directories are made on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Make,
    Tell,
}

pub struct Places {
    root: Rc<Dir>,
    open: HashMap<Vec<u8>, Rc<Dir>>,
    /// Directories that were made for something below them and have no entry (yet).
    pub implied: BTreeSet<Vec<u8>>,
    pub links: Links,
}

impl Places {
    pub fn new(root: OwnedFd) -> Self {
        Self {
            root: Rc::new(Dir {
                fd: root,
                path: Vec::new(),
            }),
            open: HashMap::new(),
            implied: BTreeSet::from([Vec::new()]),
            links: Links::Followed,
        }
    }

    pub fn root(&self) -> &Rc<Dir> {
        &self.root
    }

    /// Forgets what is open; after a directory or a link made way for something else.
    pub fn forget(&mut self) {
        self.open.clear();
    }

    /// Returns the directory of these components, or `None` when it is missing and not made.
    pub fn find(&mut self, parts: &[&[u8]], missing: Missing) -> Result<Option<Rc<Dir>>, Error> {
        if parts.is_empty() {
            return Ok(Some(self.root.clone()));
        }
        let asked = parts.join(&b'/');
        if let Some(dir) = self.open.get(&asked) {
            return Ok(Some(dir.clone()));
        }
        // The longest prefix that is open spares the steps up to it.
        let mut known = parts.len();
        let mut end = asked.len();
        let mut dir = self.root.clone();
        while known > 0 {
            known -= 1;
            end = end.saturating_sub(parts[known].len() + 1);
            if let Some(found) = self.open.get(&asked[..end]) {
                dir = found.clone();
                break;
            }
        }
        let mut ahead: Vec<Vec<u8>> = parts[known..].iter().rev().map(|p| p.to_vec()).collect();
        let mut links = 0;
        while let Some(name) = ahead.pop() {
            match self.step(&dir, &name, missing).map_err(|e| at(e, &asked))? {
                Step::Into(next) => dir = next,
                Step::Missing => return Ok(None),
                Step::Link(target) => {
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(Error::refused(&asked, Refusal::LinkLoop));
                    }
                    if target.starts_with(b"/") {
                        dir = self.root.clone();
                    }
                    let parts = target.split(|byte| *byte == b'/').rev();
                    ahead.extend(parts.filter(|p| !p.is_empty()).map(<[u8]>::to_vec));
                    if ahead.len() > MAX_PATH {
                        return Err(Error::refused(&asked, Refusal::LinkLoop));
                    }
                }
            }
        }
        self.keep(asked, &dir);
        Ok(Some(dir))
    }

    fn keep(&mut self, path: Vec<u8>, dir: &Rc<Dir>) {
        if self.open.len() >= MAX_OPEN {
            self.open.clear();
        }
        self.open.insert(path, dir.clone());
    }

    fn step(&mut self, dir: &Rc<Dir>, name: &[u8], missing: Missing) -> Result<Step, Error> {
        match name {
            b"." => return Ok(Step::Into(dir.clone())),
            b".." => return self.above(dir).map(Step::Into),
            _ => {}
        }
        let path = join(&dir.path, name);
        if let Some(open) = self.open.get(&path)
            && open.path == path
        {
            return Ok(Step::Into(open.clone()));
        }
        let opened = sys::fs::open_at(&dir.fd, name, Open::Directory);
        let fd = match opened {
            Ok(fd) => fd,
            Err(error) if error.errno == sys::fs::ENOENT => {
                if missing == Missing::Tell {
                    return Ok(Step::Missing);
                }
                self.make(dir, name, &path)?
            }
            Err(error) if error.errno == sys::fs::ENOTDIR || error.errno == sys::fs::ELOOP => {
                let stat = sys::fs::stat_at(&dir.fd, name).map_err(Error::io("looking at"))?;
                if stat.kind == Kind::Symlink && self.links == Links::Followed {
                    let target = sys::fs::readlink_at(&dir.fd, name);
                    return Ok(Step::Link(target.map_err(Error::io("reading a link"))?));
                }
                if !stat.is_whiteout() || missing == Missing::Tell {
                    return Err(Error::refused(&path, Refusal::ParentIsNoDirectory));
                }
                // Deleted below, made anew here: nothing from below may show through.
                sys::fs::unlink_at(&dir.fd, name).map_err(Error::io("replacing"))?;
                let fd = self.make(dir, name, &path)?;
                sys::fs::set_xattr(&fd, xattr::OPAQUE, b"y").map_err(Error::io("marking"))?;
                fd
            }
            Err(error) => return Err(name_error(&path, error)),
        };
        let next = Rc::new(Dir { fd, path });
        self.keep(next.path.clone(), &next);
        Ok(Step::Into(next))
    }

    fn make(&mut self, dir: &Dir, name: &[u8], path: &[u8]) -> Result<OwnedFd, Error> {
        if path.len() > MAX_PATH {
            return Err(Error::refused(path, Refusal::TooLong { what: "the path" }));
        }
        sys::fs::mkdir_at(&dir.fd, name, IMPLIED_MODE).map_err(|e| name_error(path, e))?;
        self.implied.insert(path.to_vec());
        sys::fs::open_at(&dir.fd, name, Open::Directory).map_err(Error::io("opening"))
    }

    /// The directory above, which exists: it was walked through. The root is above itself.
    fn above(&self, dir: &Dir) -> Result<Rc<Dir>, Error> {
        let Some(end) = dir.path.iter().rposition(|byte| *byte == b'/') else {
            return Ok(self.root.clone());
        };
        let path = dir.path[..end].to_vec();
        let fd = sys::fs::open_beneath(&self.root.fd, &path, Open::Directory)
            .map_err(Error::io("opening"))?;
        Ok(Rc::new(Dir { fd, path }))
    }
}

enum Step {
    Into(Rc<Dir>),
    Link(Vec<u8>),
    Missing,
}

/// A file system that does not take the name refuses the archive, anything else is the machine.
pub fn name_error(path: &[u8], error: sys::SysError) -> Error {
    const ENAMETOOLONG: i32 = 36;
    const EILSEQ: i32 = 84;
    match error.errno {
        ENAMETOOLONG | EILSEQ | sys::fs::EINVAL => {
            let errno = error.errno;
            Error::refused(path, Refusal::Name { errno })
        }
        _ => Error::Io {
            doing: "unpacking",
            error,
        },
    }
}

/// Names the entry's parent in a refusal that has only a part of it.
fn at(error: Error, asked: &[u8]) -> Error {
    match error {
        Error::Refused { why, .. } => Error::refused(asked, why),
        other => other,
    }
}
