//! A tree becomes a tar: a whole one as it is seen, or an upper directory as a layer.
//!
//! image-spec layer.md, "Representing Changes": what overlay marks as deleted or opaque becomes
//! `.wh.` entries; a file that is really called so cannot be said in a layer and refuses it
//! (S-87). Sockets and devices are left out, attributes of file systems and engines too (S-09).

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use ::tar::EntryType;
use serde::{Deserialize, Serialize};

use crate::layer::error::{Error, Refusal};
use crate::layer::names::join;
use crate::layer::tree::Marks;
use crate::layer::tree::tar::{Entry, Tape};
use crate::layer::tree::walk::{Here, Mounts, Next, walk};
use crate::layer::worker::STALL;
use crate::layer::{MAX_PATH, xattr};
use crate::sys;
use crate::sys::fs::{Kind, Open, Stat};
use crate::sys::splice::splice;
use crate::types::ids::{IdExtent, IdMaps, to_inside};

const BUFFER: usize = 256 << 10;
/// From so many bytes on the kernel moves content by itself.
const LARGE: u64 = 256 << 10;
/// What the kernel shows for an id without a name: /proc/sys/kernel/overflowuid.
const NOBODY: u32 = 65534;

/// What distinguishes the two uses.
pub enum Use<'a> {
    Export {
        /// With an entry for the root itself.
        root: bool,
    },
    /// A part of a tree on its way elsewhere.
    Copy,
    Layer {
        limit: u64,
        left_out: &'a [String],
        marks: Marks,
        times: Times,
    },
}

/// The times that go into a tar, in seconds since the epoch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Times {
    #[default]
    Kept,
    /// Later ones become this one.
    NoLaterThan(i64),
    /// All of them.
    Exactly(i64),
}

impl Times {
    fn of(self, time: i64) -> i64 {
        match self {
            Self::Kept => time,
            Self::NoLaterThan(limit) => time.min(limit),
            Self::Exactly(time) => time,
        }
    }
}

/// Packs everything below `root`; returns the bytes written.
///
/// `ids` says what the container calls the owners.
pub fn pack(
    root: &OwnedFd,
    way: &Use<'_>,
    ids: Option<&IdMaps>,
    output: &mut dyn Write,
) -> Result<u64, Error> {
    let mut packer = Packer::new(way, ids, output, None);
    if let Use::Layer { times, .. } = way {
        packer.times = *times;
    }
    if matches!(way, Use::Layer { .. } | Use::Export { root: true }) {
        let stat = sys::fs::stat(root).map_err(Error::io("looking at a file"))?;
        packer.directory(b"./", &stat, root)?;
    }
    walk(root, Mounts::Without, &mut |here| packer.add(here))?;
    packer.tape.finish().map_err(Error::Stream)?;
    Ok(packer.tape.size)
}

/// Packs one thing that is open under a name, or a directory's contents without one.
///
/// `pipe` is where `output` leads to: content of large files goes there from the files, not
/// through our memory.
pub fn pack_one(
    source: OwnedFd,
    name: &[u8],
    ids: Option<&IdMaps>,
    output: &mut dyn Write,
    pipe: Option<BorrowedFd<'_>>,
) -> Result<(), Error> {
    let stat = sys::fs::stat(&source).map_err(Error::io("looking at a file"))?;
    let mut packer = Packer::new(&Use::Copy, ids, output, pipe);
    packer.name = name.to_vec();
    if stat.kind == Kind::Directory {
        if !name.is_empty() {
            packer.directory(b"/", &stat, &source)?;
        }
        walk(&source, Mounts::Within, &mut |here| packer.add(here))?;
    } else {
        packer.one(source, stat)?;
    }
    packer.finish()
}

pub(super) struct Packer<'a> {
    tape: Tape<'a>,
    way: &'a Use<'a>,
    ids: Option<&'a IdMaps>,
    /// Every path begins with this.
    pub name: Vec<u8>,
    pub times: Times,
    /// What files and directories get instead of their own modes.
    pub mode: Option<u32>,
    /// Files with several names, by device and inode: the first name, as the tar has it.
    linked: HashMap<(u64, u64), Vec<u8>>,
    buffer: Vec<u8>,
    pipe: Option<BorrowedFd<'a>>,
}

impl<'a> Packer<'a> {
    pub fn new(
        way: &'a Use<'a>,
        ids: Option<&'a IdMaps>,
        output: &'a mut dyn Write,
        pipe: Option<BorrowedFd<'a>>,
    ) -> Self {
        Self {
            ids,
            tape: Tape::new(output),
            way,
            name: Vec::new(),
            times: Times::Kept,
            mode: None,
            linked: HashMap::new(),
            buffer: vec![0; BUFFER],
            pipe,
        }
    }

    /// Packs a file that is open, under the name alone.
    pub fn one(&mut self, source: OwnedFd, stat: Stat) -> Result<(), Error> {
        self.opened(b"", source, stat)
    }

    /// Writes the end mark.
    pub fn finish(&mut self) -> Result<(), Error> {
        self.tape.finish().map_err(Error::Stream)
    }

    pub fn add(&mut self, here: &Here<'_>) -> Result<Next, Error> {
        if here.path.len() > MAX_PATH {
            return Err(Error::refused(
                here.path,
                Refusal::TooLong { what: "the path" },
            ));
        }
        if let Use::Layer { marks, .. } = *self.way {
            if is_mark(here.name, marks) {
                return Ok(Next::Past);
            }
            if here.stat.is_whiteout() {
                return self.mark(here, &[b".wh.", here.name].concat());
            }
            if here.name.starts_with(b".wh.") {
                let why = Refusal::BadWhiteout("a layer cannot hold a file of this name");
                return Err(Error::refused(here.path, why));
            }
        }
        match here.stat.kind {
            Kind::Directory => return self.enter(here),
            Kind::File if self.is_left_out(here) => {}
            Kind::File => self.file(here)?,
            Kind::Symlink => {
                let target = sys::fs::readlink_at(here.dir, here.name);
                let target = target.map_err(Error::io("reading a link"))?;
                self.write(here.path, EntryType::Symlink, &here.stat, 0, &target, &[])?;
            }
            Kind::Fifo => self.write(here.path, EntryType::Fifo, &here.stat, 0, b"", &[])?,
            _ => {}
        }
        Ok(Next::Past)
    }

    /// A path of the tree as the tar has it.
    fn named(&self, path: &[u8]) -> Vec<u8> {
        match path {
            b"" | b"/" => [&self.name, path].concat(),
            path => join(&self.name, path),
        }
    }

    fn is_left_out(&self, here: &Here<'_>) -> bool {
        let Use::Layer { left_out, .. } = self.way else {
            return false;
        };
        here.stat.size == 0 && left_out.iter().any(|path| path.as_bytes() == here.path)
    }

    /// An empty file that says something about the layers below.
    fn mark(&mut self, here: &Here<'_>, name: &[u8]) -> Result<Next, Error> {
        let parent = here.path[..here.path.len() - here.name.len()].strip_suffix(b"/");
        let path = join(parent.unwrap_or(b""), name);
        let stat = Stat {
            mode: 0o644,
            ..here.stat
        };
        self.write(&path, EntryType::Regular, &stat, 0, b"", &[])?;
        Ok(Next::Past)
    }

    fn enter(&mut self, here: &Here<'_>) -> Result<Next, Error> {
        let opened = match sys::fs::open_beneath(here.dir, here.name, Open::Directory) {
            Ok(fd) => fd,
            Err(error) if is_gone(error.errno) => return Ok(Next::Past),
            Err(error) => return Err(Error::io("opening a directory")(error)),
        };
        let path = [here.path, b"/"].concat();
        self.directory(&path, &here.stat, &opened)?;
        if let Use::Layer { marks, .. } = *self.way
            && is_opaque(&opened, marks)?
        {
            let mark = join(here.path, b".wh..wh..opq");
            let stat = Stat {
                mode: 0o644,
                ..here.stat
            };
            self.write(&mark, EntryType::Regular, &stat, 0, b"", &[])?;
        }
        Ok(Next::Into)
    }

    pub fn directory(&mut self, path: &[u8], stat: &Stat, fd: &OwnedFd) -> Result<(), Error> {
        let xattrs = attributes(fd)?;
        self.write(path, EntryType::Directory, stat, 0, b"", &xattrs)
    }

    fn file(&mut self, here: &Here<'_>) -> Result<(), Error> {
        let fd = match sys::fs::open_at(here.dir, here.name, Open::Read) {
            Ok(fd) => fd,
            Err(error) if is_gone(error.errno) => return Ok(()),
            Err(error) => return Err(Error::io("opening a file")(error)),
        };
        // What was opened counts, not what was looked at.
        let stat = sys::fs::stat(&fd).map_err(Error::io("looking at a file"))?;
        if stat.kind != Kind::File {
            return Ok(());
        }
        self.opened(here.path, fd, stat)
    }

    fn opened(&mut self, path: &[u8], fd: OwnedFd, stat: Stat) -> Result<(), Error> {
        if stat.links > 1 {
            let key = (stat.device, stat.inode);
            if let Some(first) = self.linked.get(&key).cloned() {
                return self.write(path, EntryType::Link, &stat, 0, &first, &[]);
            }
            self.linked.insert(key, self.named(path));
        }
        if let Use::Layer { limit, .. } = *self.way
            && stat.size > limit.saturating_sub(self.tape.size)
        {
            return Err(Error::refused(path, Refusal::TooBig { limit }));
        }
        let xattrs = attributes(&fd)?;
        self.write(path, EntryType::Regular, &stat, stat.size, b"", &xattrs)?;
        self.content(File::from(fd), stat.size)
    }

    /// Copies exactly the bytes that were announced; a file that shrank meanwhile ends in zeros.
    fn content(&mut self, mut file: File, size: u64) -> Result<(), Error> {
        let mut left = size;
        if size >= LARGE {
            left -= self.pour(&file, size)?;
        }
        while left > 0 {
            let most = (self.buffer.len() as u64).min(left) as usize;
            let count = file
                .read(&mut self.buffer[..most])
                .map_err(Error::std("reading a file"))?;
            let count = if count == 0 {
                self.buffer[..most].fill(0);
                most
            } else {
                count
            };
            let piece = &self.buffer[..count];
            self.tape.write_all(piece).map_err(Error::Stream)?;
            left -= count as u64;
        }
        self.tape.pad(size).map_err(Error::Stream)
    }

    /// Has the kernel move content into the pipe, as far as it can; returns how much went.
    fn pour(&mut self, file: &File, size: u64) -> Result<u64, Error> {
        let Some(pipe) = self.pipe else { return Ok(0) };
        self.tape.flush().map_err(Error::Stream)?;
        let mut moved = 0;
        while moved < size {
            match splice(file, pipe, size - moved) {
                // A file system without it, or a file that shrank.
                Err(error) if error.errno == sys::fs::EINVAL => break,
                Ok(0) => break,
                Ok(count) => moved += count as u64,
                Err(error) if error.errno == sys::fs::EAGAIN => {
                    let waited = sys::fs::writable_within(pipe, STALL);
                    if !waited.map_err(Error::io("waiting"))? {
                        return Err(Error::Stalled);
                    }
                }
                Err(error) => return Err(Error::Stream(error.into())),
            }
        }
        self.tape.size += moved;
        Ok(moved)
    }

    fn write(
        &mut self,
        path: &[u8],
        kind: EntryType,
        stat: &Stat,
        size: u64,
        link: &[u8],
        xattrs: &[(Vec<u8>, Vec<u8>)],
    ) -> Result<(), Error> {
        let path = self.named(path);
        let given = self.mode.filter(|_| kind != EntryType::Symlink);
        let entry = Entry {
            path: &path,
            kind,
            mode: given.unwrap_or(stat.mode),
            uid: self.ids.map_or(stat.uid, |ids| inside(&ids.uid, stat.uid)),
            gid: self.ids.map_or(stat.gid, |ids| inside(&ids.gid, stat.gid)),
            size,
            mtime: self.times.of(stat.mtime.0),
            link,
            xattrs,
        };
        self.tape.entry(&entry).map_err(Error::Stream)
    }
}

/// What the container calls an owner; one it has no name for is nobody there.
fn inside(extents: &[IdExtent], outside: u32) -> u32 {
    to_inside(extents, outside).unwrap_or(NOBODY)
}

fn is_gone(errno: i32) -> bool {
    matches!(
        errno,
        sys::fs::ENOENT | sys::fs::ENOTDIR | sys::fs::ELOOP | sys::fs::EXDEV
    )
}

/// Whether nothing of the layers below shows in a directory.
pub fn is_opaque(directory: impl AsFd, marks: Marks) -> Result<bool, Error> {
    let names: &[&[u8]] = match marks {
        Marks::Kernel => &[xattr::OPAQUE],
        Marks::FuseOverlayfs => &[xattr::OPAQUE, xattr::OPAQUE_IN_FUSE],
    };
    for name in names {
        let mark = sys::fs::xattr(&directory, name).map_err(Error::io("reading an attribute"))?;
        if mark.as_deref() == Some(b"y") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a name says something about its directory only. fuse-overlayfs takes its own mark
/// for a deletion at times, and then deletes `.wh..opq` too.
pub fn is_mark(name: &[u8], marks: Marks) -> bool {
    marks == Marks::FuseOverlayfs && matches!(name, b".wh..wh..opq" | b".wh..opq")
}

/// Name and value.
type Attribute = (Vec<u8>, Vec<u8>);

/// The attributes that may travel: as those that are taken from layers.
pub fn attributes(fd: impl AsFd) -> Result<Vec<Attribute>, Error> {
    let names = sys::fs::xattr_names(&fd).map_err(Error::io("reading an attribute"))?;
    let mut found = Vec::new();
    for name in names.into_iter().filter(|name| xattr::is_allowed(name)) {
        let value = sys::fs::xattr(&fd, &name).map_err(Error::io("reading an attribute"))?;
        found.extend(value.map(|value| (name, value)));
    }
    found.sort_unstable();
    Ok(found)
}
