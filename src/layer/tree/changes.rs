//! What a tree changes in another: added, changed, deleted.
//!
//! An upper directory says itself what it hides; everything else in it is looked up in the tree
//! below. A directory that merely holds a change counts as changed, as `diff` of Docker and
//! Podman prints it. Two whole trees are compared name by name.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;

use crate::layer::error::Error;
use crate::layer::tree::pack::{is_mark, is_opaque};
use crate::layer::tree::walk::{Here, Mounts, Next, walk};
use crate::layer::tree::{Compared, Marks};
use crate::sys;
use crate::sys::fs::{Kind, Open, Stat};

/// How long a path in the stream may be; a record that claims more is no record.
const MAX_RECORD: usize = 64 << 20;

const ENAMETOOLONG: i32 = 36;

/// One path that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Added(Vec<u8>),
    Changed(Vec<u8>),
    Deleted(Vec<u8>),
}

impl Change {
    /// The path, with a slash in front.
    pub fn path(&self) -> &[u8] {
        match self {
            Self::Added(path) | Self::Changed(path) | Self::Deleted(path) => path,
        }
    }
}

/// Reads what a worker wrote: for each a letter and the path, ended by NUL.
pub fn read_changes(input: impl Read) -> Result<Vec<Change>, Error> {
    let mut input = std::io::BufReader::new(input);
    let mut changes = Vec::new();
    loop {
        let mut record = Vec::new();
        let count =
            std::io::BufRead::read_until(&mut (&mut input).take(MAX_RECORD as u64), 0, &mut record)
                .map_err(Error::Stream)?;
        if count == 0 {
            return Ok(changes);
        }
        let path = |record: &[u8]| [b"/", &record[1..record.len() - 1]].concat();
        changes.push(match (record.first(), record.last()) {
            (Some(b'A'), Some(0)) => Change::Added(path(&record)),
            (Some(b'C'), Some(0)) => Change::Changed(path(&record)),
            (Some(b'D'), Some(0)) => Change::Deleted(path(&record)),
            _ => {
                return Err(Error::WorkerDied {
                    how: "gave a strange answer".to_owned(),
                });
            }
        });
    }
}

/// Writes what `new` changes in `old`.
pub fn changes(
    new: &OwnedFd,
    old: &OwnedFd,
    compared: Compared,
    marks: Marks,
    output: &mut dyn Write,
) -> Result<(), Error> {
    let mut list = List {
        old,
        marks,
        output,
        named: HashSet::new(),
    };
    match compared {
        Compared::Layer => walk(new, Mounts::Without, &mut |here| list.of_layer(here)),
        Compared::Whole => {
            walk(new, Mounts::Without, &mut |here| list.of_whole(here))?;
            walk(old, Mounts::Without, &mut |here| list.missing(here, new))
        }
    }?;
    list.output.flush().map_err(Error::Stream)
}

struct List<'a> {
    old: &'a OwnedFd,
    marks: Marks,
    output: &'a mut dyn Write,
    /// Directories that were written down already.
    named: HashSet<Vec<u8>>,
}

impl List<'_> {
    fn of_layer(&mut self, here: &Here<'_>) -> Result<Next, Error> {
        if is_mark(here.name, self.marks) {
            return Ok(Next::Past);
        }
        if here.stat.is_whiteout() {
            self.parents(here.path)?;
            self.say(b'D', here.path)?;
            return Ok(Next::Past);
        }
        let old = below(self.old, here.path)?;
        let Some(old) = old else {
            self.parents(here.path)?;
            self.say(b'A', here.path)?;
            if here.stat.kind == Kind::Directory {
                self.named.insert(here.path.to_vec());
            }
            return Ok(Next::Into);
        };
        if here.stat.kind != Kind::Directory {
            self.parents(here.path)?;
            self.say(b'C', here.path)?;
            return Ok(Next::Into);
        }
        let same = old.kind == Kind::Directory && same_directory(&here.stat, &old);
        let opened = sys::fs::open_beneath(here.dir, here.name, Open::Directory);
        let opaque = match opened {
            Ok(fd) => is_opaque(fd, self.marks)?,
            Err(_) => false, // gone meanwhile
        };
        if opaque {
            // Podman's words for it: the directory is deleted, and what is in it is new.
            self.parents(here.path)?;
            self.named.insert(here.path.to_vec());
            self.say(b'D', here.path)?;
        } else if !same {
            self.named.insert(here.path.to_vec());
            self.say(b'C', here.path)?;
        }
        Ok(Next::Into)
    }

    fn of_whole(&mut self, here: &Here<'_>) -> Result<Next, Error> {
        let Some(old) = below(self.old, here.path)? else {
            self.parents(here.path)?;
            self.say(b'A', here.path)?;
            self.named.insert(here.path.to_vec());
            return Ok(Next::Into);
        };
        let both = here.stat.kind == Kind::Directory && old.kind == Kind::Directory;
        let same = match both {
            true => same_directory(&here.stat, &old),
            false => same_file(&here.stat, &old),
        };
        if !same {
            if !both {
                self.parents(here.path)?;
            }
            self.named.insert(here.path.to_vec());
            self.say(b'C', here.path)?;
        }
        Ok(Next::Into)
    }

    fn missing(&mut self, here: &Here<'_>, new: &OwnedFd) -> Result<Next, Error> {
        if below(new, here.path)?.is_some() {
            return Ok(Next::Into);
        }
        self.parents(here.path)?;
        self.say(b'D', here.path)?;
        Ok(Next::Past)
    }

    /// Says of the directory around a change that it is changed, once.
    fn parents(&mut self, path: &[u8]) -> Result<(), Error> {
        let Some(end) = path.iter().rposition(|byte| *byte == b'/') else {
            return Ok(());
        };
        let parent = &path[..end];
        if self.named.insert(parent.to_vec()) {
            self.say(b'C', parent)?;
        }
        Ok(())
    }

    fn say(&mut self, letter: u8, path: &[u8]) -> Result<(), Error> {
        let record = [&[letter], path, &[0]].concat();
        self.output.write_all(&record).map_err(Error::Stream)
    }
}

/// What the tree has at a path that meets no link.
fn below(root: &OwnedFd, path: &[u8]) -> Result<Option<Stat>, Error> {
    match sys::fs::open_beneath(root, path, Open::Path) {
        Ok(fd) => sys::fs::stat(&fd)
            .map(Some)
            .map_err(Error::io("looking at a file")),
        Err(error) => match error.errno {
            // No layer holds a path that long: names.rs refuses it.
            sys::fs::ENOENT | sys::fs::ENOTDIR | ENAMETOOLONG => Ok(None),
            // A final link is not opened by O_PATH|O_NOFOLLOW with RESOLVE_NO_SYMLINKS: openat2(2).
            sys::fs::ELOOP => link(root, path),
            _ => Err(Error::io("looking at a file")(error)),
        },
    }
}

fn link(root: &OwnedFd, path: &[u8]) -> Result<Option<Stat>, Error> {
    let end = path.iter().rposition(|byte| *byte == b'/');
    let (parent, name) = match end {
        Some(end) => (&path[..end], &path[end + 1..]),
        None => (&b"."[..], path),
    };
    let Ok(dir) = sys::fs::open_beneath(root, parent, Open::Directory) else {
        return Ok(None); // a link in the middle: nothing of this name is there
    };
    Ok(sys::fs::stat_at(&dir, name).ok())
}

/// As other engines compare directories: their size says nothing across file systems.
fn same_directory(a: &Stat, b: &Stat) -> bool {
    (a.mode, a.uid, a.gid, a.mtime.0) == (b.mode, b.uid, b.gid, b.mtime.0)
}

/// What hides a file has no owner, mode or time that would mean anything.
fn same_file(a: &Stat, b: &Stat) -> bool {
    if a.is_whiteout() && b.is_whiteout() {
        return true;
    }
    (a.kind, a.mode, a.uid, a.gid, a.size, a.mtime.0, a.rdev)
        == (b.kind, b.mode, b.uid, b.gid, b.size, b.mtime.0, b.rdev)
}

/// Bytes of all files of a tree, each inode once.
pub fn size(root: &OwnedFd) -> Result<u64, Error> {
    let mut seen: HashMap<(u64, u64), ()> = HashMap::new();
    let mut total = 0;
    walk(root, Mounts::Without, &mut |here| {
        let stat = &here.stat;
        let once = stat.links < 2 || seen.insert((stat.device, stat.inode), ()).is_none();
        if stat.kind == Kind::File && once {
            total += stat.size;
        }
        Ok(Next::Into)
    })?;
    Ok(total)
}
