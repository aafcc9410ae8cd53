//! A tar goes to a place of a tree that is in use: `cp`, `volume import`.
//!
//! The place is found as the container sees it, links never lead out; every entry is made
//! exclusively, beneath the place (S-84, S-86). Nothing that lies there is opened: a file makes
//! way for the new one, a directory only where that is asked for.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::layer::error::{Error, Refusal};
use crate::layer::names::{components, join};
use crate::layer::place::{Dir, Links, Missing, Places, name_error};
use crate::layer::reader::{Entry, Kind, Reader};
use crate::layer::worker::STALL;
use crate::layer::{decompress, xattr};
use crate::sys;
use crate::sys::fs::{Open, Stat};
use crate::sys::process::readable_within;
use crate::sys::splice::splice;
use crate::types::ids::{IdMaps, to_outside};

/// Links followed for one path: what the kernel allows, path_resolution(7).
const MAX_LINKS: usize = 40;

/// From so many bytes on the kernel moves content by itself: one call is cheaper for less.
const LARGE: u64 = 128 << 10;

/// Where a tar goes, and how.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Arrival {
    /// In the tree; a slash at the end asks for a directory.
    pub path: String,
    pub comes: Comes,
    /// `--overwrite`: a directory may make way for something else and the other way round.
    pub overwrite: bool,
    pub owner: Owner,
    /// Whether set-id bits and file capabilities are kept.
    pub privileges: bool,
    /// Whether links in the tree are followed below the place.
    pub follow: bool,
    /// Whether the place itself gets what an archive says of its own root.
    pub root: bool,
    /// Whether directories that are missing on the way to the place are made, and the place
    /// itself where a directory is to be; what is made gets what the tar says of its root.
    #[serde(default)]
    pub make: bool,
}

/// What the tar holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comes {
    /// An archive of the user's: for a directory, under the names it has.
    Archive,
    /// One thing; the first name of every entry is its own.
    Thing,
    /// What is in a directory; the first name of every entry is dropped.
    Contents,
}

/// Whose the things are that arrive.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Owner {
    /// Whoever unpacks.
    Us,
    /// These ids of U0.
    One(u32, u32),
    /// As in the tar, whose numbers are the container's.
    Kept(Option<IdMaps>),
}

/// What is at the path now.
enum There {
    Directory(OwnedFd),
    /// Something else, or nothing: its directory and name.
    Name {
        parent: OwnedFd,
        /// The parent as a path of the tree.
        above: Vec<u8>,
        name: Vec<u8>,
        exists: bool,
    },
}

/// Unpacks a tar into its place; `root` is the tree's. `pipe` is what `input` reads from: the
/// content of large files goes from there into them, not through our memory.
pub fn arrive(
    root: &OwnedFd,
    arrival: &Arrival,
    input: impl Read,
    pipe: Option<BorrowedFd<'_>>,
) -> Result<(), Error> {
    sys::fs::clear_umask();
    let there = match arrival.make {
        false => look(root, arrival)?,
        true => reach(root, arrival)?,
    };
    if arrival.comes == Comes::Archive && !matches!(there, There::Directory(_)) {
        return Err(Error::refused(
            arrival.path.as_bytes(),
            Refusal::NeedsDirectory,
        ));
    }
    // What we have sent ourselves is a plain tar.
    let ours = arrival.comes != Comes::Archive;
    let pipe = pipe.filter(|_| ours);
    let stream: Box<dyn Read + '_> = match ours {
        true => Box::new(input),
        false => decompress::open(input, None)?,
    };
    let mut reader = Reader::new(stream, std::io::sink(), u64::MAX).unhashed();
    let Some(first) = reader.next_entry()? else {
        return Ok(());
    };
    let directory = first.kind == Kind::Directory;
    let (there, made) = match there {
        There::Name { exists: false, .. } if directory && arrival.make => {
            (made(root, arrival.path.as_bytes(), arrival)?, true)
        }
        other => (other, false),
    };
    let (place, top) = place(there, arrival, directory)?;
    let mut unpacking = Unpacking::new(root, arrival, reader, place, top)?;
    unpacking.dresses_root |= made;
    unpacking.pipe = pipe;
    let mut next = Some(first);
    let mut called: Option<Vec<u8>> = None;
    while let Some(entry) = next {
        // Under one name there is room for one thing.
        if arrival.make && matches!(unpacking.top, Top::Called(_)) {
            let other = called.replace(entry.path.clone()).is_some();
            if other {
                let path = arrival.path.as_bytes();
                return Err(Error::refused(path, Refusal::NeedsDirectory));
            }
        }
        unpacking.add(&entry)?;
        next = unpacking.reader.next_entry()?;
    }
    unpacking.finish()
}

/// Follows the path as far as it leads, a link to nothing too; what is above must be there. Where
/// links are not followed one to a file is what the path means: it makes way for what arrives.
fn look(root: &OwnedFd, arrival: &Arrival) -> Result<There, Error> {
    let path = arrival.path.as_bytes();
    let missing = |errno| Error::refused(path, Refusal::Missing { errno });
    let mut way = path.to_vec();
    for _ in 0..MAX_LINKS {
        match sys::fs::open_in_root(root, &way, Open::Directory) {
            Ok(directory) => return Ok(There::Directory(directory)),
            Err(error) if matches!(error.errno, sys::fs::ENOENT | sys::fs::ENOTDIR) => {}
            Err(error) => return Err(missing(error.errno)),
        }
        let trimmed = way.trim_suffix_slashes();
        let cut = trimmed.iter().rposition(|byte| *byte == b'/');
        let name = trimmed[cut.map_or(0, |cut| cut + 1)..].to_vec();
        let above = [b"/", &trimmed[..cut.unwrap_or(0)]].concat();
        if matches!(&name[..], b"" | b"." | b"..") {
            return Err(missing(sys::fs::ENOENT));
        }
        let parent = sys::fs::open_in_root(root, &above, Open::Directory)
            .map_err(|error| missing(error.errno))?;
        let stat = sys::fs::stat_at(&parent, &name).ok();
        let itself = !arrival.follow && trimmed.len() == way.len();
        if !itself && stat.is_some_and(|stat| stat.kind == sys::fs::Kind::Symlink) {
            let target = sys::fs::readlink_at(&parent, &name).map_err(Error::io("reading"))?;
            let slash: &[u8] = if trimmed.len() < way.len() { b"/" } else { b"" };
            way = match target.starts_with(b"/") {
                true => [&target, slash].concat(),
                false => [&above, &b"/"[..], &target, slash].concat(),
            };
            continue;
        }
        if trimmed.len() < way.len() {
            let errno = if stat.is_some() {
                sys::fs::ENOTDIR
            } else {
                sys::fs::ENOENT
            };
            return Err(missing(errno));
        }
        return Ok(There::Name {
            parent,
            above,
            name,
            exists: stat.is_some(),
        });
    }
    Err(Error::refused(path, Refusal::LinkLoop))
}

/// As [`look`], with the directories made that are missing; where the path or an archive asks
/// for a directory, that too.
fn reach(root: &OwnedFd, arrival: &Arrival) -> Result<There, Error> {
    let path = arrival.path.as_bytes();
    if path.ends_with(b"/") || arrival.comes == Comes::Archive {
        return made(root, path, arrival);
    }
    let cut = path.iter().rposition(|byte| *byte == b'/');
    let above = &path[..cut.unwrap_or(0)];
    if sys::fs::open_in_root(root, &[b"/", above].concat(), Open::Directory).is_err() {
        made(root, above, arrival)?;
    }
    look(root, arrival)
}

/// Opens a directory of the tree, made with all above it where there is none.
fn made(root: &OwnedFd, path: &[u8], arrival: &Arrival) -> Result<There, Error> {
    let parts: Vec<&[u8]> = path.split(|byte| *byte == b'/').collect();
    let parts: Vec<&[u8]> = parts
        .into_iter()
        .filter(|part| !part.is_empty() && *part != b".")
        .collect();
    let mut places = Places::new(root.try_clone().map_err(Error::std("opening"))?);
    let directory = places.find(&parts, Missing::Make)?;
    let directory = directory.expect("missing directories are made");
    if let Owner::One(uid, gid) = arrival.owner {
        for path in places.implied.iter().filter(|path| !path.is_empty()) {
            let opened = sys::fs::open_across(root, path, Open::Directory);
            let opened = opened.map_err(Error::io("opening"))?;
            sys::fs::chown(&opened, uid, gid).map_err(Error::io("setting an owner"))?;
        }
    }
    let copy = directory.fd.try_clone().map_err(Error::std("opening"))?;
    Ok(There::Directory(copy))
}

trait TrimSlashes {
    fn trim_suffix_slashes(&self) -> &[u8];
}

impl TrimSlashes for [u8] {
    fn trim_suffix_slashes(&self) -> &[u8] {
        let end = self.iter().rposition(|byte| *byte != b'/');
        &self[..end.map_or(0, |end| end + 1)]
    }
}

/// What happens to the first name of every entry.
enum Top {
    Kept,
    Dropped,
    Called(Vec<u8>),
}

/// The directory that is unpacked into: open, and as a path of the tree.
struct Into {
    directory: OwnedFd,
    path: Vec<u8>,
}

fn place(there: There, arrival: &Arrival, directory: bool) -> Result<(Into, Top), Error> {
    match there {
        There::Directory(fd) => {
            let into = Into {
                directory: fd,
                path: arrival.path.clone().into_bytes(),
            };
            let top = match arrival.comes {
                Comes::Contents => Top::Dropped,
                Comes::Archive | Comes::Thing => Top::Kept,
            };
            Ok((into, top))
        }
        There::Name { exists: true, .. } if directory => Err(Error::refused(
            arrival.path.as_bytes(),
            Refusal::NeedsDirectory,
        )),
        There::Name {
            parent,
            above,
            name,
            ..
        } => {
            let into = Into {
                directory: parent,
                path: above,
            };
            Ok((into, Top::Called(name)))
        }
    }
}

struct Unpacking<'a, R> {
    arrival: &'a Arrival,
    reader: Reader<R, std::io::Sink>,
    places: Places,
    /// Where the place is, from the root of `places`.
    place: Vec<Vec<u8>>,
    top: Top,
    /// Directories we made, which they are, and what they get in the end.
    late: Vec<(Vec<u8>, Stat, Entry)>,
    buffer: Vec<u8>,
    /// What the archive says of its root.
    root: Option<Entry>,
    dresses_root: bool,
    pipe: Option<BorrowedFd<'a>>,
}

impl<'a, R: Read> Unpacking<'a, R> {
    /// Where links are followed they are the tree's: absolute ones begin at its root.
    fn new(
        root: &OwnedFd,
        arrival: &'a Arrival,
        reader: Reader<R, std::io::Sink>,
        into: Into,
        top: Top,
    ) -> Result<Self, Error> {
        let mut place = Vec::new();
        let from = if arrival.follow {
            let parts = into.path.split(|byte| *byte == b'/');
            let parts = parts.filter(|part| !part.is_empty() && *part != b".");
            place.extend(parts.map(<[u8]>::to_vec));
            root.try_clone().map_err(Error::std("opening"))?
        } else {
            into.directory
        };
        let mut places = Places::new(from);
        if !arrival.follow {
            places.links = Links::Refused;
        }
        Ok(Self {
            arrival,
            reader,
            places,
            place,
            top,
            late: Vec::new(),
            buffer: Vec::new(),
            root: None,
            dresses_root: arrival.root,
            pipe: None,
        })
    }

    fn add(&mut self, entry: &Entry) -> Result<(), Error> {
        let here = self.here(&entry.path)?;
        let Some((name, parents)) = here.split_last() else {
            // The place itself, if there is an entry for it.
            if self.dresses_root && entry.kind == Kind::Directory {
                self.root = Some(entry.clone());
            }
            return Ok(());
        };
        let dir = self.find(parents, Missing::Make)?;
        let dir = dir.expect("missing directories are made");
        match entry.kind {
            Kind::Directory => self.directory(&dir, name, entry),
            Kind::File => self.file(&dir, name, entry),
            Kind::HardLink => self.hard_link(&dir, name, entry),
            Kind::Symlink => {
                self.clear(&dir, name, entry)?;
                sys::fs::symlink_at(&entry.link, &dir.fd, name)
                    .map_err(|error| name_error(&entry.path, error))?;
                self.own_name(&dir, name, entry)
            }
            Kind::Fifo => {
                self.clear(&dir, name, entry)?;
                sys::fs::fifo_at(&dir.fd, name, entry.mode & 0o777)
                    .map_err(|error| name_error(&entry.path, error))?;
                self.own_name(&dir, name, entry)
            }
            Kind::CharDevice(..) | Kind::BlockDevice => Ok(()),
        }
    }

    fn find(&mut self, parents: &[Vec<u8>], missing: Missing) -> Result<Option<Rc<Dir>>, Error> {
        let whole: Vec<&[u8]> = self.place.iter().chain(parents).map(|p| &p[..]).collect();
        self.places.find(&whole, missing)
    }

    /// A path of the tar, from the place on.
    fn here(&self, path: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
        let parts = components(path).map_err(|why| Error::refused(path, why))?;
        let mut parts: VecDeque<Vec<u8>> = parts.into_iter().map(<[u8]>::to_vec).collect();
        match &self.top {
            Top::Kept => {}
            Top::Dropped => drop(parts.pop_front()),
            Top::Called(name) => {
                parts.pop_front();
                parts.push_front(name.clone());
            }
        }
        Ok(parts.into())
    }

    fn directory(&mut self, dir: &Rc<Dir>, name: &[u8], entry: &Entry) -> Result<(), Error> {
        match sys::fs::mkdir_at(&dir.fd, name, 0o700) {
            Err(error) if error.errno == sys::fs::EEXIST => {
                let there = sys::fs::stat_at(&dir.fd, name).map_err(Error::io("looking at"))?;
                let follows = self.arrival.follow && there.kind == sys::fs::Kind::Symlink;
                if there.kind == sys::fs::Kind::Directory || follows {
                    return Ok(());
                }
                if !self.arrival.overwrite {
                    return Err(self.in_the_way(dir, name));
                }
                self.clear(dir, name, entry)?;
                sys::fs::mkdir_at(&dir.fd, name, 0o700)
            }
            other => other,
        }
        .map_err(|error| name_error(&entry.path, error))?;
        let fd = sys::fs::open_at(&dir.fd, name, Open::Directory).map_err(Error::io("opening"))?;
        let made = sys::fs::stat(&fd).map_err(Error::io("looking at"))?;
        self.late.push((join(&dir.path, name), made, entry.clone()));
        Ok(())
    }

    fn file(&mut self, dir: &Rc<Dir>, name: &[u8], entry: &Entry) -> Result<(), Error> {
        self.clear(dir, name, entry)?;
        let fd = match sys::fs::open_at(&dir.fd, name, Open::CreateNew(0o600)) {
            // What is mounted there cannot make way: it is written into.
            Err(error) if error.errno == sys::fs::EEXIST => {
                sys::fs::open_at(&dir.fd, name, Open::Overwrite)
            }
            other => other,
        };
        let mut file = File::from(fd.map_err(|error| name_error(&entry.path, error))?);
        loop {
            if self.reader.in_stream().is_some_and(|left| left >= LARGE) {
                file.write_all(&self.buffer)
                    .map_err(Error::std("unpacking"))?;
                self.buffer.clear();
                self.pour(&file)?;
            }
            let piece = self.reader.content()?;
            if piece.is_empty() {
                break;
            }
            // Small pieces together: a file is one write(2) where that is possible.
            if self.buffer.is_empty() && piece.len() as u64 == entry.size {
                file.write_all(piece).map_err(Error::std("unpacking"))?;
                continue;
            }
            self.buffer.extend_from_slice(piece);
            if self.buffer.len() >= 256 << 10 {
                file.write_all(&self.buffer)
                    .map_err(Error::std("unpacking"))?;
                self.buffer.clear();
            }
        }
        file.write_all(&self.buffer)
            .map_err(Error::std("unpacking"))?;
        self.buffer.clear();
        self.dress(&file, entry)
    }

    /// Has the kernel move content from the pipe into a file, as far as it can.
    fn pour(&mut self, file: &File) -> Result<(), Error> {
        let Some(pipe) = self.pipe else { return Ok(()) };
        while let Some(left) = self.reader.in_stream().filter(|left| *left > 0) {
            if !readable_within(pipe, STALL).map_err(Error::io("unpacking"))? {
                return Err(Error::Stalled);
            }
            match splice(pipe, file, left) {
                // A file system without it; or the end, which the reader will explain.
                Err(error) if error.errno == sys::fs::EINVAL => {
                    self.pipe = None;
                    break;
                }
                Ok(0) => break,
                Ok(moved) => self.reader.passed_by(moved as u64),
                Err(error) => return Err(Error::io("unpacking")(error)),
            }
        }
        Ok(())
    }

    /// Makes way for something that is no directory.
    fn clear(&mut self, dir: &Dir, name: &[u8], entry: &Entry) -> Result<(), Error> {
        let Ok(there) = sys::fs::stat_at(&dir.fd, name) else {
            return Ok(());
        };
        if there.kind != sys::fs::Kind::Directory {
            return match sys::fs::unlink_at(&dir.fd, name) {
                Err(error) if error.errno == sys::fs::EBUSY && entry.kind == Kind::File => Ok(()),
                other => other.map_err(|error| name_error(&entry.path, error)),
            };
        }
        if !self.arrival.overwrite {
            return Err(self.in_the_way(dir, name));
        }
        self.places.forget();
        sys::tree::remove(&dir.fd, name).map_err(|error| name_error(&entry.path, error))
    }

    fn in_the_way(&self, dir: &Dir, name: &[u8]) -> Error {
        let path = [b"/", &join(&dir.path, name)[..]].concat();
        Error::refused(&path, Refusal::InTheWay)
    }

    fn hard_link(&mut self, dir: &Rc<Dir>, name: &[u8], entry: &Entry) -> Result<(), Error> {
        let target = self.here(&entry.link)?;
        let what = "there is no such file in the archive";
        let missing = || {
            let target = entry.link.clone();
            Error::refused(&entry.path, Refusal::LinkTarget { target, what })
        };
        let (to, parents) = target.split_last().ok_or_else(missing)?;
        let from = self.find(parents, Missing::Tell)?.ok_or_else(missing)?;
        self.clear(dir, name, entry)?;
        sys::fs::link_at(&from.fd, to, &dir.fd, name).map_err(|e| name_error(&entry.path, e))
    }

    fn owner(&self, entry: &Entry) -> Result<Option<(u32, u32)>, Error> {
        let maps = match &self.arrival.owner {
            Owner::Us => return Ok(None),
            Owner::One(uid, gid) => return Ok(Some((*uid, *gid))),
            Owner::Kept(maps) => maps,
        };
        let id = |value: i128| u32::try_from(value).ok().filter(|id| *id != u32::MAX);
        let (uid, gid) = (id(entry.uid), id(entry.gid));
        let (outer_uid, outer_gid) = match maps {
            None => (uid, gid),
            Some(maps) => (
                uid.and_then(|uid| to_outside(&maps.uid, uid)),
                gid.and_then(|gid| to_outside(&maps.gid, gid)),
            ),
        };
        match (outer_uid, outer_gid) {
            (Some(uid), Some(gid)) => Ok(Some((uid, gid))),
            _ => Err(Error::refused(
                &entry.path,
                Refusal::UnmappedId {
                    uid: uid.unwrap_or(u32::MAX),
                    gid: gid.unwrap_or(u32::MAX),
                },
            )),
        }
    }

    fn own_name(&self, dir: &Dir, name: &[u8], entry: &Entry) -> Result<(), Error> {
        if let Some((uid, gid)) = self.owner(entry)? {
            sys::fs::chown_at(&dir.fd, name, uid, gid).map_err(unmapped(entry, uid, gid))?;
        }
        sys::fs::set_times_at(&dir.fd, name, entry.mtime).map_err(Error::io("setting a time"))
    }

    /// Owner first: chown(2) takes set-id bits away.
    fn dress(&self, fd: impl AsFd, entry: &Entry) -> Result<(), Error> {
        if let Some((uid, gid)) = self.owner(entry)? {
            sys::fs::chown(&fd, uid, gid).map_err(unmapped(entry, uid, gid))?;
        }
        let mask = match self.arrival.privileges {
            true => 0o7777,
            false => 0o1777,
        };
        sys::fs::chmod(&fd, entry.mode & mask).map_err(Error::io("setting a mode"))?;
        let set = entry.xattrs.iter();
        let set = set.filter(|(name, _)| self.arrival.privileges || name.starts_with(b"user."));
        let set: Vec<_> = set.cloned().collect();
        xattr::apply(&fd, &set).map_err(Error::io("setting an attribute"))?;
        sys::fs::set_times(&fd, entry.mtime).map_err(Error::io("setting a time"))
    }

    /// Directories last, the deepest first: their times do not change any more then.
    fn finish(&mut self) -> Result<(), Error> {
        let root = self.places.root().clone();
        if let Some(entry) = self.root.take()
            && let Some(place) = self.find(&[], Missing::Tell)?
        {
            self.dress(&place.fd, &entry)?;
        }
        for (path, made, entry) in std::mem::take(&mut self.late).iter().rev() {
            // Something else may have the name by now.
            if let Ok(fd) = sys::fs::open_across(&root.fd, path, Open::Directory)
                && sys::fs::stat(&fd).is_ok_and(|stat| stat.same_inode(made))
            {
                self.dress(&fd, entry)?;
            }
        }
        Ok(())
    }
}

/// chown(2), EINVAL: an id that U0 does not have.
fn unmapped(entry: &Entry, uid: u32, gid: u32) -> impl Fn(sys::SysError) -> Error {
    let path = entry.path.clone();
    move |error| match error.errno {
        sys::fs::EINVAL => Error::refused(&path, Refusal::UnmappedId { uid, gid }),
        _ => Error::io("setting an owner")(error),
    }
}
