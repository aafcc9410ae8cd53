//! Entries become files: made exclusively, changed only through their own descriptors.
//!
//! image-spec layer.md, "Applying Changesets". The last entry of a name wins, directories merge.
//! Nothing that lies there already is opened or written (S-07); what owner, mode and time a
//! directory gets is set at the end, and only if it is still the inode that was made (S-06).
//! Content that a later entry replaces is kept aside for the record. Devices are left out (S-10).

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::rc::Rc;

use crate::layer::error::{Error, Refusal};
use crate::layer::names::{components, join};
use crate::layer::place::{Dir, Missing, Places, name_error};
use crate::layer::reader::{Entry, Kind, Reader};
use crate::layer::record::Recorder;
use crate::layer::report::Unpacked;
use crate::layer::whiteout::{Mark, is_plain, mark};
use crate::layer::{Limits, decompress, xattr};
use crate::sys;
use crate::sys::fs::{Open, Stat};
use crate::sys::noted::Noted;
use crate::types::DiffId;
use crate::types::image::Compression;

/// Between two looks at the free space.
const SPACE_EVERY: u64 = 64 << 20;
/// What an entry counts beside its content, for the same purpose.
const ENTRY_COST: u64 = 4096;
/// Names of skipped devices that are remembered, for hard links to them.
const MAX_DEVICES: usize = 65536;
/// zstd's level for the record: fast, and headers repeat themselves anyway.
const RECORD_LEVEL: i32 = 1;

/// What everything has on the disk where its own mode is noted.
const OPEN_MODE: u32 = 0o755;
/// A directory that the archive does not list, and no layer below.
const IMPLIED: Noted = Noted {
    uid: 0,
    gid: 0,
    mode: 0o755,
};

/// Whether files belong to who the archive says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owners {
    Kept,
    /// All to the user: there is only one id.
    Squashed,
    /// All to the user, open to everybody, and what the archive says is noted beside.
    Noted,
}

/// Everything about one unpacking.
pub struct Job<'a> {
    pub compression: Option<Compression>,
    /// The staged directory; `diff`, `tar` and perhaps `kept` and `implied` are made in it.
    pub stage: BorrowedFd<'a>,
    pub limits: Limits,
    pub owners: Owners,
}

/// Unpacks a stream in this very process. Strangers' bytes go through `worker` instead.
pub fn unpack_here(input: impl Read, job: &Job<'_>) -> Result<Unpacked, Error> {
    sys::fs::clear_umask();
    let make = Error::io("making the layer's directory");
    sys::fs::mkdir_at(job.stage, b"diff", 0o755).map_err(&make)?;
    let root = sys::fs::open_at(job.stage, b"diff", Open::Directory).map_err(&make)?;
    let tape = sys::fs::open_at(job.stage, b"tar", Open::CreateNew(0o600)).map_err(&make)?;
    let tape = zstd::Encoder::new(File::from(tape), RECORD_LEVEL)
        .map_err(Error::std("writing the record"))?;
    let stream = decompress::open(input, job.compression)?;
    let reader = Reader::new(stream, Recorder::new(tape), job.limits.bytes);
    let mut unpacker = Unpacker {
        job,
        reader,
        places: Places::new(root),
        directories: HashMap::new(),
        devices: HashSet::new(),
        opaque_root: false,
        bare_root: true,
        skipped: 0,
        dropped_xattrs: 0,
        entries: 0,
        unchecked: SPACE_EVERY,
    };
    while let Some(entry) = unpacker.reader.next_entry()? {
        unpacker.add(&entry)?;
    }
    unpacker.finish()
}

type Tape = Recorder<zstd::Encoder<'static, File>>;

struct Unpacker<'a, R> {
    job: &'a Job<'a>,
    reader: Reader<R, Tape>,
    places: Places,
    /// What directories get at the end, by their link-free path.
    directories: HashMap<Vec<u8>, Late>,
    /// Devices that were left out.
    devices: HashSet<Vec<u8>>,
    opaque_root: bool,
    bare_root: bool,
    skipped: u64,
    dropped_xattrs: u64,
    entries: u64,
    /// Bytes since the last look at the free space.
    unchecked: u64,
}

struct Late {
    made: Stat,
    entry: Entry,
}

impl<R: Read> Unpacker<'_, R> {
    fn add(&mut self, entry: &Entry) -> Result<(), Error> {
        self.entries += 1;
        let limit = self.job.limits.entries;
        if self.entries > limit {
            let why = Refusal::TooManyEntries { limit };
            return Err(Error::Refused { entry: None, why });
        }
        self.check_space(ENTRY_COST)?;
        let refuse = |why| Error::refused(&entry.path, why);
        let parts = components(&entry.path).map_err(refuse)?;
        let Some((name, parents)) = parts.split_last() else {
            return match entry.kind {
                Kind::Directory => {
                    self.bare_root = false;
                    self.late(Vec::new(), entry)
                }
                _ => Err(refuse(Refusal::RootIsNoDirectory)),
            };
        };
        if !parents.iter().all(|part| is_plain(part)) {
            return Err(refuse(Refusal::BadWhiteout("in the middle of a path")));
        }
        let mark = mark(name).map_err(refuse)?;
        if mark != Mark::None && (entry.kind != Kind::File || entry.size != 0) {
            return Err(refuse(Refusal::BadWhiteout("not an empty file")));
        }
        let dir = self.places.find(parents, Missing::Make)?;
        let dir = dir.expect("missing directories are made");
        match mark {
            Mark::Opaque => self.opaque(&dir),
            Mark::Deletes(name) => self.delete(&dir, name),
            Mark::None => self.make(&dir, name, entry),
        }
    }

    fn make(&mut self, dir: &Rc<Dir>, name: &[u8], entry: &Entry) -> Result<(), Error> {
        let path = join(&dir.path, name);
        match entry.kind {
            Kind::Directory => self.directory(dir, name, path, entry),
            Kind::File => self.file(dir, name, &path, entry),
            Kind::HardLink => self.hard_link(dir, name, &path, entry),
            Kind::Symlink | Kind::Fifo => self.special(dir, name, &path, entry),
            Kind::CharDevice(0, 0) => Err(Error::refused(&entry.path, Refusal::OverlayDevice)),
            Kind::CharDevice(..) | Kind::BlockDevice => self.device(dir, name, path),
        }
    }

    fn directory(
        &mut self,
        dir: &Rc<Dir>,
        name: &[u8],
        path: Vec<u8>,
        entry: &Entry,
    ) -> Result<(), Error> {
        let mut fresh = sys::fs::mkdir_at(&dir.fd, name, 0o755);
        if fresh
            .as_ref()
            .is_err_and(|error| error.errno == sys::fs::EEXIST)
        {
            let stat = sys::fs::stat_at(&dir.fd, name).map_err(Error::io("looking at"))?;
            if stat.kind == sys::fs::Kind::Directory {
                return self.late(path, entry); // merges
            }
            self.clear(dir, name, &path, &stat)?;
            fresh = sys::fs::mkdir_at(&dir.fd, name, 0o755);
            if stat.is_whiteout() && fresh.is_ok() {
                self.mark_opaque(dir, name)?;
            }
        }
        fresh.map_err(|error| name_error(&entry.path, error))?;
        self.late(path, entry)
    }

    /// Notes what a directory gets in the end; the last entry of a name counts.
    fn late(&mut self, path: Vec<u8>, entry: &Entry) -> Result<(), Error> {
        let root = &self.places.root().fd;
        let made = match path.as_slice() {
            b"" => sys::fs::stat(root),
            path => sys::fs::open_beneath(root, path, Open::Path).and_then(sys::fs::stat),
        };
        let made = made.map_err(Error::io("looking at"))?;
        self.places.implied.remove(&path);
        let entry = entry.clone();
        self.directories.insert(path, Late { made, entry });
        Ok(())
    }

    fn file(
        &mut self,
        dir: &Rc<Dir>,
        name: &[u8],
        path: &[u8],
        entry: &Entry,
    ) -> Result<(), Error> {
        let how = Open::CreateNew(match self.job.owners {
            Owners::Noted => OPEN_MODE,
            _ => entry.mode & 0o777,
        });
        let mut opened = sys::fs::open_at(&dir.fd, name, how);
        if opened
            .as_ref()
            .is_err_and(|e| e.errno == sys::fs::EEXIST || e.errno == sys::fs::ELOOP)
        {
            let stat = sys::fs::stat_at(&dir.fd, name).map_err(Error::io("looking at"))?;
            self.clear(dir, name, path, &stat)?;
            opened = sys::fs::open_at(&dir.fd, name, how);
        }
        let mut file = File::from(opened.map_err(|error| name_error(&entry.path, error))?);
        if entry.size > 0 {
            let tape = self.reader.tape();
            tape.content(path, entry.size)
                .map_err(Error::std("writing the record"))?;
        }
        loop {
            let piece = self.reader.content()?;
            if piece.is_empty() {
                break;
            }
            file.write_all(piece).map_err(Error::std("unpacking"))?;
            let count = piece.len() as u64;
            self.check_space(count)?;
        }
        self.dress(&file, entry)
    }

    /// Gives an open inode what its entry says. The order matters: chown(2) takes setuid bits
    /// and security.capability away.
    fn dress(&mut self, fd: impl AsFd, entry: &Entry) -> Result<(), Error> {
        if self.job.owners == Owners::Noted {
            let (uid, gid) = owner_of(entry)?;
            let mode = entry.mode & 0o7777;
            note(&fd, Noted { uid, gid, mode })?;
        } else if let Some((uid, gid)) = self.owner(entry)? {
            sys::fs::chown(&fd, uid, gid).map_err(|error| chown_error(entry, error))?;
        }
        if entry.mode & 0o7000 != 0 && self.job.owners != Owners::Noted {
            sys::fs::chmod(&fd, entry.mode).map_err(Error::io("setting a mode"))?;
        }
        if !entry.xattrs.is_empty() {
            let dropped = xattr::apply(&fd, &entry.xattrs);
            self.dropped_xattrs += dropped.map_err(Error::io("setting an attribute"))?;
        }
        sys::fs::set_times(&fd, entry.mtime).map_err(Error::io("setting a time"))
    }

    /// The owner to set; `None` when it is ours already.
    fn owner(&self, entry: &Entry) -> Result<Option<(u32, u32)>, Error> {
        if self.job.owners != Owners::Kept {
            return Ok(None);
        }
        match owner_of(entry)? {
            (0, 0) => Ok(None),
            owner => Ok(Some(owner)),
        }
    }

    fn special(
        &mut self,
        dir: &Rc<Dir>,
        name: &[u8],
        path: &[u8],
        entry: &Entry,
    ) -> Result<(), Error> {
        let make = || match entry.kind {
            Kind::Symlink => sys::fs::symlink_at(&entry.link, &dir.fd, name),
            _ => sys::fs::fifo_at(&dir.fd, name, entry.mode & 0o1777),
        };
        if entry.kind == Kind::Symlink && entry.link.is_empty() {
            let why = Refusal::Name {
                errno: sys::fs::ENOENT,
            };
            return Err(Error::refused(&entry.path, why));
        }
        let mut made = make();
        if made
            .as_ref()
            .is_err_and(|error| error.errno == sys::fs::EEXIST)
        {
            let stat = sys::fs::stat_at(&dir.fd, name).map_err(Error::io("looking at"))?;
            self.clear(dir, name, path, &stat)?;
            made = make();
        }
        made.map_err(|error| name_error(&entry.path, error))?;
        if let Some((uid, gid)) = self.owner(entry)? {
            sys::fs::chown_at(&dir.fd, name, uid, gid).map_err(|e| chown_error(entry, e))?;
        }
        self.dropped_xattrs += entry.xattrs.len() as u64;
        sys::fs::set_times_at(&dir.fd, name, entry.mtime).map_err(Error::io("setting a time"))
    }

    fn hard_link(
        &mut self,
        dir: &Rc<Dir>,
        name: &[u8],
        path: &[u8],
        entry: &Entry,
    ) -> Result<(), Error> {
        let bad = |what| {
            let target = entry.link.clone();
            Error::refused(&entry.path, Refusal::LinkTarget { target, what })
        };
        let parts = components(&entry.link).map_err(|why| Error::refused(&entry.path, why))?;
        let (to, parents) = parts.split_last().ok_or_else(|| bad("is the image root"))?;
        let from = self.places.find(parents, Missing::Tell)?;
        let from = from.ok_or_else(|| bad("is not in this layer"))?;
        let target = join(&from.path, to);
        if self.devices.contains(&target) {
            return self.device(dir, name, path.to_vec());
        }
        let stat = match sys::fs::stat_at(&from.fd, to) {
            Err(error) if error.errno == sys::fs::ENOENT => {
                return Err(bad("is not in this layer"));
            }
            other => other.map_err(Error::io("looking at"))?,
        };
        if target == path || stat.kind == sys::fs::Kind::Directory || stat.is_whiteout() {
            return Err(bad("is no file of this layer"));
        }
        let mut made = sys::fs::link_at(&from.fd, to, &dir.fd, name);
        if made
            .as_ref()
            .is_err_and(|error| error.errno == sys::fs::EEXIST)
        {
            let there = sys::fs::stat_at(&dir.fd, name).map_err(Error::io("looking at"))?;
            if there.same_inode(&stat) {
                return Ok(());
            }
            self.clear(dir, name, path, &there)?;
            made = sys::fs::link_at(&from.fd, to, &dir.fd, name);
        }
        made.map_err(|error| name_error(&entry.path, error))
    }

    /// Leaves a device out; what the layers below have under its name is hidden.
    fn device(&mut self, dir: &Rc<Dir>, name: &[u8], path: Vec<u8>) -> Result<(), Error> {
        self.skipped += 1;
        match sys::fs::stat_at(&dir.fd, name) {
            Ok(stat) => self.clear(dir, name, &path, &stat)?,
            Err(error) if error.errno == sys::fs::ENOENT => {}
            Err(error) => return Err(name_error(&path, error)),
        }
        sys::fs::whiteout_at(&dir.fd, name).map_err(|error| name_error(&path, error))?;
        if self.devices.len() < MAX_DEVICES {
            self.devices.insert(path);
        }
        Ok(())
    }

    fn delete(&mut self, dir: &Rc<Dir>, name: &[u8]) -> Result<(), Error> {
        match sys::fs::stat_at(&dir.fd, name) {
            Ok(stat) if stat.kind == sys::fs::Kind::Directory => self.mark_opaque(dir, name),
            Ok(_) => Ok(()), // this layer's own file hides the lower one
            Err(error) if error.errno == sys::fs::ENOENT => {
                sys::fs::whiteout_at(&dir.fd, name).map_err(|error| name_error(name, error))
            }
            Err(error) => Err(name_error(name, error)),
        }
    }

    fn opaque(&mut self, dir: &Rc<Dir>) -> Result<(), Error> {
        if dir.path.is_empty() {
            // Overlayfs does not look for the mark on its root: see `adopt`.
            self.opaque_root = true;
            return Ok(());
        }
        sys::fs::set_xattr(&dir.fd, xattr::OPAQUE, b"y").map_err(Error::io("marking opaque"))
    }

    fn mark_opaque(&self, dir: &Dir, name: &[u8]) -> Result<(), Error> {
        sys::fs::open_at(&dir.fd, name, Open::Directory)
            .and_then(|fd| sys::fs::set_xattr(fd, xattr::OPAQUE, b"y"))
            .map_err(Error::io("marking opaque"))
    }

    /// Takes away what has the name. What the record needs goes to `kept/`, unseen.
    fn clear(&mut self, dir: &Dir, name: &[u8], path: &[u8], stat: &Stat) -> Result<(), Error> {
        self.devices.remove(path);
        match stat.kind {
            sys::fs::Kind::Directory | sys::fs::Kind::Symlink => self.places.forget(),
            _ => {}
        }
        let replace = Error::io("replacing");
        match stat.kind {
            sys::fs::Kind::Directory => self.keep(dir, name, path),
            sys::fs::Kind::File if stat.size > 0 => self.keep(dir, name, path),
            _ => sys::fs::unlink_at(&dir.fd, name).map_err(replace),
        }
    }

    fn keep(&mut self, dir: &Dir, name: &[u8], path: &[u8]) -> Result<(), Error> {
        let replace = Error::io("replacing");
        match sys::fs::mkdir_at(self.job.stage, b"kept", 0o700) {
            Err(error) if error.errno != sys::fs::EEXIST => return Err(replace(error)),
            _ => {}
        }
        let number = self.reader.tape().keep(path);
        let number = number.map_err(Error::std("writing the record"))?;
        let kept = sys::fs::open_at(self.job.stage, b"kept", Open::Directory).map_err(&replace)?;
        sys::fs::rename_at(&dir.fd, name, kept, number.to_string().as_bytes()).map_err(replace)
    }

    fn check_space(&mut self, more: u64) -> Result<(), Error> {
        self.unchecked += more;
        if self.unchecked < SPACE_EVERY {
            return Ok(());
        }
        self.unchecked = 0;
        let space = sys::fs::space(self.job.stage).map_err(Error::io("looking at the disk"))?;
        let floor = self.job.limits.free;
        if space.free < floor {
            return Err(Error::NoSpace {
                free: space.free,
                floor,
            });
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Unpacked, Error> {
        self.dress_directories()?;
        let mut warnings = Vec::new();
        if self.skipped > 0 {
            warnings.push(format!(
                "left out {} device nodes, which an unprivileged user cannot make",
                self.skipped
            ));
        }
        if self.dropped_xattrs > 0 {
            warnings.push(format!(
                "left out {} extended attributes that layers may not set here",
                self.dropped_xattrs
            ));
        }
        let needs_adoption = self.note_implied()?;
        let bare_root = self.bare_root;
        let (tape, digest, size) = self.reader.finish();
        let write = Error::std("writing the record");
        tape.finish()
            .and_then(zstd::Encoder::finish)
            .map_err(write)?;
        Ok(Unpacked {
            diff_id: DiffId(digest),
            size,
            entries: self.entries,
            needs_adoption,
            bare_root,
            warnings,
        })
    }

    /// The late pass: deepest first, so that no directory closes before its children are done.
    fn dress_directories(&mut self) -> Result<(), Error> {
        let mut late: Vec<_> = std::mem::take(&mut self.directories).into_iter().collect();
        late.sort_unstable_by(|a, b| b.0.cmp(&a.0));
        for (path, Late { made, entry }) in late {
            let fd = match path.as_slice() {
                b"" => self
                    .places
                    .root()
                    .fd
                    .try_clone()
                    .map_err(Error::std("opening"))?,
                path => match reopen(&self.places.root().fd, path, &made)? {
                    Some(fd) => fd,
                    None => continue, // something else has the name now
                },
            };
            let mode = match self.job.owners {
                Owners::Noted => OPEN_MODE,
                _ => entry.mode & 0o777,
            };
            sys::fs::chmod(&fd, mode).map_err(Error::io("setting a mode"))?;
            self.dress(&fd, &entry)?;
        }
        Ok(())
    }

    /// Notes an owner of every directory without an entry: none may be without (`sys::noted`).
    fn note_owners_of_implied(&self) -> Result<(), Error> {
        for path in &self.places.implied {
            let path = if path.is_empty() {
                b".".as_slice()
            } else {
                path
            };
            let root = &self.places.root().fd;
            match sys::fs::open_beneath(root, path, Open::Directory) {
                Ok(fd) => note(&fd, IMPLIED)?,
                // Something else has the name now.
                Err(error)
                    if [sys::fs::ENOENT, sys::fs::ENOTDIR, sys::fs::ELOOP]
                        .contains(&error.errno) => {}
                Err(error) => return Err(Error::io("opening")(error)),
            }
        }
        Ok(())
    }

    /// Writes down which directories have no entry, for `adopt`; NUL after each.
    fn note_implied(&mut self) -> Result<bool, Error> {
        if self.job.owners == Owners::Noted {
            self.note_owners_of_implied()?;
        }
        let implied = &self.places.implied;
        if implied.is_empty() && !self.opaque_root {
            return Ok(false);
        }
        let mut text = Vec::new();
        text.push(if self.opaque_root { b'o' } else { b'-' });
        for path in implied {
            text.extend_from_slice(path);
            text.push(0);
        }
        let file = sys::fs::open_at(self.job.stage, b"implied", Open::CreateNew(0o600))
            .map_err(Error::io("writing the record"))?;
        File::from(file)
            .write_all(&text)
            .map_err(Error::std("writing the record"))?;
        Ok(true)
    }
}

/// The owner that an entry says.
fn owner_of(entry: &Entry) -> Result<(u32, u32), Error> {
    let id = |value: i128| u32::try_from(value).unwrap_or(u32::MAX);
    let (uid, gid) = (id(entry.uid), id(entry.gid));
    if uid == u32::MAX || gid == u32::MAX {
        let why = Refusal::UnmappedId { uid, gid };
        return Err(Error::refused(&entry.path, why));
    }
    Ok((uid, gid))
}

fn note(fd: impl AsFd, noted: Noted) -> Result<(), Error> {
    sys::fs::set_xattr(fd, sys::noted::NAME, noted.text().as_bytes())
        .map_err(Error::io("noting an owner"))
}

/// Opens a directory again; `None` when it is no longer the one that was made.
fn reopen(root: &OwnedFd, path: &[u8], made: &Stat) -> Result<Option<OwnedFd>, Error> {
    match sys::fs::open_beneath(root, path, Open::Directory) {
        Ok(fd) => {
            let stat = sys::fs::stat(&fd).map_err(Error::io("looking at"))?;
            Ok(stat.same_inode(made).then_some(fd))
        }
        Err(error) => match error.errno {
            sys::fs::ENOENT | sys::fs::ENOTDIR | sys::fs::ELOOP => Ok(None),
            _ => Err(Error::io("opening")(error)),
        },
    }
}

/// EINVAL is what chown(2) says of an id that the namespace does not map.
fn chown_error(entry: &Entry, error: sys::SysError) -> Error {
    if error.errno == sys::fs::EINVAL {
        let id = |value: i128| u32::try_from(value).unwrap_or(u32::MAX);
        let (uid, gid) = (id(entry.uid), id(entry.gid));
        return Error::refused(&entry.path, Refusal::UnmappedId { uid, gid });
    }
    Error::Io {
        doing: "setting an owner",
        error,
    }
}
