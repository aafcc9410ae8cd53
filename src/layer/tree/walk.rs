//! A walk over a directory tree by descriptors: sorted by name, never through a link, never into
//! another mount, however deep it is (S-18).
//!
//! Of a chain of open directories only some stay open: the deepest, and one every
//! [`CHECKPOINT`] bytes of path, from which the others are opened again.

use std::os::fd::{AsFd, OwnedFd};

use crate::layer::error::Error;
use crate::layer::names::join;
use crate::sys;
use crate::sys::fs::{Kind, Open, Stat};

/// How many of the deepest directories stay open.
const OPEN: usize = 64;
/// Bytes of path after which a directory stays open; below PATH_MAX.
const CHECKPOINT: usize = 2048;

/// One thing on the way.
pub struct Here<'a> {
    pub dir: &'a OwnedFd,
    pub name: &'a [u8],
    /// From the root of the walk, without a slash in front.
    pub path: &'a [u8],
    pub stat: Stat,
}

/// Whether a directory's content is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Into,
    Past,
}

struct Level {
    dir: Option<OwnedFd>,
    /// The level from which this one is opened again, and the path from there.
    from: usize,
    relative: Vec<u8>,
    /// How much of the whole path is this level's.
    length: usize,
    /// Names still to come, last first.
    rest: Vec<Vec<u8>>,
}

/// Whether what is mounted in the tree belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mounts {
    Within,
    Without,
}

/// Shows everything below `root`, a directory before what is in it.
pub fn walk(
    root: &OwnedFd,
    mounts: Mounts,
    visit: &mut dyn FnMut(&Here<'_>) -> Result<Next, Error>,
) -> Result<(), Error> {
    let first = root.try_clone().map_err(Error::std("opening"))?;
    let rest = sorted(&first)?;
    let mut levels = vec![Level {
        dir: Some(first),
        from: 0,
        relative: Vec::new(),
        length: 0,
        rest,
    }];
    let mut path: Vec<u8> = Vec::new();
    while let Some(top) = levels.last_mut() {
        path.truncate(top.length);
        let Some(name) = top.rest.pop() else {
            levels.pop();
            continue;
        };
        if top.dir.is_none() && !reopen(&mut levels, mounts)? {
            levels.pop();
            continue;
        }
        let top = levels.last().expect("looked at above");
        let dir = top.dir.as_ref().expect("opened above");
        let stat = match sys::fs::stat_at(dir, &name) {
            Ok(stat) => stat,
            Err(error) if error.errno == sys::fs::ENOENT => continue, // gone meanwhile
            Err(error) => return Err(Error::io("looking at a file")(error)),
        };
        path = join(&path, &name);
        let here = Here {
            dir,
            name: &name,
            path: &path,
            stat,
        };
        if visit(&here)? == Next::Past || stat.kind != Kind::Directory {
            continue;
        }
        let Some(below) = directory(dir, &name, mounts)? else {
            continue;
        };
        let rest = sorted(&below)?;
        let at = levels.len();
        let (mut from, mut relative) = (top.from, join(&top.relative, &name));
        if relative.len() > CHECKPOINT {
            (from, relative) = (at, Vec::new());
        }
        levels.push(Level {
            dir: Some(below),
            from,
            relative,
            length: path.len(),
            rest,
        });
        if let Some(far) = at.checked_sub(OPEN).filter(|far| levels[*far].from != *far) {
            levels[far].dir = None;
        }
    }
    Ok(())
}

/// Opens the last level again; false when it is gone.
fn reopen(levels: &mut [Level], mounts: Mounts) -> Result<bool, Error> {
    let last = levels.last().expect("the caller has one");
    let from = levels[last.from].dir.as_ref();
    let from = from.expect("a checkpoint stays open");
    let opened = directory(from, &last.relative, mounts)?;
    let found = opened.is_some();
    levels.last_mut().expect("the same").dir = opened;
    Ok(found)
}

/// Opens a directory; `None` when the name has become something else.
fn directory(dir: &OwnedFd, path: &[u8], mounts: Mounts) -> Result<Option<OwnedFd>, Error> {
    let opened = match mounts {
        Mounts::Within => sys::fs::open_across(dir, path, Open::Directory),
        Mounts::Without => sys::fs::open_beneath(dir, path, Open::Directory),
    };
    match opened {
        Ok(fd) => Ok(Some(fd)),
        Err(error) => match error.errno {
            sys::fs::ENOENT | sys::fs::ENOTDIR | sys::fs::ELOOP | sys::fs::EXDEV => Ok(None),
            _ => Err(Error::io("opening a directory")(error)),
        },
    }
}

/// The names in a directory, last first.
fn sorted(dir: &OwnedFd) -> Result<Vec<Vec<u8>>, Error> {
    let mut names = sys::fs::names(dir.as_fd()).map_err(Error::io("reading a directory"))?;
    names.sort_unstable_by(|a, b| b.cmp(a));
    Ok(names)
}
