//! Identical files in different layers, kept once.
//!
//! A layer that has just been unpacked is compared with those in the store, before it is put in
//! its place: nobody has it mounted, and a `kill -9` leaves a staged directory like any other.
//! Where the file system shares data between files (FIDEDUPERANGE, ioctl_fideduperange(2)) that
//! is asked for, and nothing else changes. Elsewhere the new file becomes one more name of the
//! old one, if owner, group, mode, time to the nanosecond, attributes and content are the same.
//!
//! Only files of the *same path* are joined: of those, one tree shows at most one, whatever
//! layers it is made of. So nobody sees two names of one file that the image has apart: not
//! a container, and not `commit` or `export`, which write names of one inode as hard links. A file
//! with several names in its own layer is left alone for the same reason. What a container may
//! see is a number of links above one, and a later time of change (ctime).
//!
//! What was saved is written to `shared` in the layer: for each set of layers that had a file
//! before, how much. A layer of such a set may go; the sums stay right while one is left.
//!
//! Runs in a worker in U0, as hard links to others' files take CAP_FOWNER there (proc(5),
//! protected_hardlinks). It reads no archive.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::layer::error::Error;
use crate::layer::report::Report;
use crate::layer::worker::{Order, run};
use crate::sys;
use crate::sys::fs::{Kind, Open, Stat};
use crate::types::shared::SharedFiles;
use crate::userns::Base;

/// In the layer: what it shares.
const RECORD: &str = "shared";
/// The new name on its way, beside the tree.
const LINK: &[u8] = b"link";
const BUFFER: usize = 128 << 10;

/// Joins files of a staged layer with those of others; `others` are the trees of layers.
pub fn share(stage: BorrowedFd<'_>, others: &[PathBuf], base: Option<&Base>) -> Result<(), Error> {
    let mut order = Order::new(base);
    order.below = others
        .iter()
        .map(|path| path.as_os_str().as_bytes().to_vec())
        .collect();
    match run("dedupe", stage, base, &order, &mut std::io::empty())? {
        Report::Done => Ok(()),
        _ => Err(Error::WorkerDied {
            how: "gave a strange answer".to_owned(),
        }),
    }
}

/// The worker's part.
pub(crate) fn share_here(stage: BorrowedFd<'_>, others: &[Vec<u8>]) -> Result<(), Error> {
    let open = Error::io("opening a layer");
    let tree = sys::fs::open_beneath(stage, b"diff", Open::Directory).map_err(&open)?;
    let device = sys::fs::stat(&tree).map_err(&open)?.device;
    let mut join = Join {
        stage,
        others: others
            .iter()
            .filter_map(|path| Other::open(path, device))
            .collect(),
        tree,
        reflinks: true,
        shared: BTreeMap::new(),
    };
    let mut waiting = vec![Directory {
        path: b".".to_vec(),
        others: (0..join.others.len()).collect(),
    }];
    while let Some(next) = waiting.pop() {
        join.directory(&next, &mut waiting)?;
    }
    sys::failpoint::hit("layer.dedupe.joined").map_err(Error::io("joining files"))?;
    join.write_record()
}

/// A layer of the store.
struct Other {
    chain: String,
    root: OwnedFd,
}

impl Other {
    /// `None` when it has gone since, or lies on another file system.
    fn open(path: &[u8], device: u64) -> Option<Self> {
        let path = Path::new(std::ffi::OsStr::from_bytes(path));
        let root = sys::fs::open_directory(path).ok()?;
        let chain = path.parent()?.file_name()?.to_str()?.to_owned();
        let same = sys::fs::stat(&root).ok()?.device == device;
        same.then_some(Self { chain, root })
    }
}

/// A directory that is yet to be done, and the other layers that may have it.
struct Directory {
    path: Vec<u8>,
    others: Vec<usize>,
}

/// A file of the same path, size and kind in other layers.
struct Candidate {
    stat: Stat,
    /// The layers that have this very inode.
    layers: Vec<usize>,
    /// Where it is in the list of open directories.
    place: usize,
}

struct Join<'a> {
    stage: BorrowedFd<'a>,
    tree: OwnedFd,
    others: Vec<Other>,
    /// The file system has not said yet that it does not share data.
    reflinks: bool,
    shared: BTreeMap<Vec<usize>, (u64, u64)>,
}

impl Join<'_> {
    fn directory(
        &mut self,
        directory: &Directory,
        waiting: &mut Vec<Directory>,
    ) -> Result<(), Error> {
        let read = Error::io("reading a layer");
        let opened: Vec<(usize, OwnedFd)> = directory
            .others
            .iter()
            .filter_map(|at| {
                let root = &self.others[*at].root;
                let opened = sys::fs::open_beneath(root, &directory.path, Open::Directory);
                opened.ok().map(|fd| (*at, fd))
            })
            .collect();
        if opened.is_empty() {
            return Ok(());
        }
        let ours = sys::fs::open_beneath(&self.tree, &directory.path, Open::Directory);
        let ours = ours.map_err(&read)?;
        let before = sys::fs::stat(&ours).map_err(&read)?;
        let mut changed = false;
        for name in sys::fs::names(ours.as_fd()).map_err(&read)? {
            let stat = sys::fs::stat_at(&ours, &name).map_err(&read)?;
            match stat.kind {
                Kind::Directory => waiting.push(Directory {
                    path: [directory.path.as_slice(), b"/", &name].concat(),
                    others: opened.iter().map(|(at, _)| *at).collect(),
                }),
                Kind::File if stat.size > 0 && stat.links == 1 => {
                    changed |= self.file(&ours, &name, &stat, &opened);
                }
                _ => {}
            }
        }
        match changed {
            // A rename is a change of the directory: that is as the archive says.
            true => sys::fs::set_times(&ours, before.mtime).map_err(Error::io("setting a time")),
            false => Ok(()),
        }
    }

    /// Joins one file with the first that will do; true when its directory has changed by that.
    fn file(
        &mut self,
        ours: &OwnedFd,
        name: &[u8],
        stat: &Stat,
        opened: &[(usize, OwnedFd)],
    ) -> bool {
        for candidate in candidates(name, stat, opened) {
            let there = &opened[candidate.place].1;
            if self.reflinks {
                match reflink(there, name, ours, name, stat.size) {
                    Some(true) => {
                        self.count(&candidate);
                        return false;
                    }
                    Some(false) => continue,
                    None => self.reflinks = false,
                }
            }
            if !may_be_linked(stat, &candidate) {
                continue;
            }
            let same = is_same(there, ours, name, &candidate.stat);
            if same == Some(true) && self.link(there, ours, name, &candidate.stat).is_some() {
                self.count(&candidate);
                return true;
            }
        }
        false
    }

    /// Makes the other's file ours; `None`, and all is as before, when that does not work: too
    /// many links, a layer that has just gone.
    fn link(&self, there: &OwnedFd, ours: &OwnedFd, name: &[u8], compared: &Stat) -> Option<()> {
        sys::fs::link_at(there, name, self.stage, LINK).ok()?;
        let made = sys::fs::stat_at(self.stage, LINK).ok();
        let right = made.is_some_and(|made| made.same_inode(compared));
        if right && sys::fs::rename_at(self.stage, LINK, ours, name).is_ok() {
            return Some(());
        }
        let _ = sys::fs::unlink_at(self.stage, LINK);
        None
    }

    fn count(&mut self, candidate: &Candidate) {
        let sum = self.shared.entry(candidate.layers.clone()).or_default();
        sum.0 += 1;
        sum.1 += candidate.stat.blocks * 512;
    }

    fn write_record(&self) -> Result<(), Error> {
        if self.shared.is_empty() {
            return Ok(());
        }
        let chains = |layers: &[usize]| {
            let chains = layers.iter().map(|at| self.others[*at].chain.clone());
            chains.collect()
        };
        let record: Vec<SharedFiles> = self
            .shared
            .iter()
            .map(|(layers, (files, bytes))| SharedFiles {
                with: chains(layers),
                files: *files,
                bytes: *bytes,
            })
            .collect();
        let text = serde_json::to_vec(&record).expect("a record has no failing field");
        let file = sys::fs::open_at(self.stage, RECORD.as_bytes(), Open::CreateNew(0o600))
            .map_err(Error::io("writing the record"))?;
        File::from(file)
            .write_all(&text)
            .map_err(Error::std("writing the record"))
    }
}

/// The files of this name and size, each inode once.
fn candidates(name: &[u8], stat: &Stat, opened: &[(usize, OwnedFd)]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for (place, (at, there)) in opened.iter().enumerate() {
        let Ok(other) = sys::fs::stat_at(there, name) else {
            continue;
        };
        if other.kind != Kind::File || other.size != stat.size || other.device != stat.device {
            continue;
        }
        match found.iter_mut().find(|one| one.stat.same_inode(&other)) {
            Some(one) => one.layers.push(*at),
            None => found.push(Candidate {
                stat: other,
                layers: vec![*at],
                place,
            }),
        }
    }
    found
}

/// Every name that the other file has is at this path in another layer, and what can be seen of
/// it without opening it is the same.
fn may_be_linked(stat: &Stat, candidate: &Candidate) -> bool {
    let other = &candidate.stat;
    let facts = |stat: &Stat| (stat.uid, stat.gid, stat.mode, stat.mtime);
    other.links == candidate.layers.len() as u64 && facts(other) == facts(stat)
}

/// Asks the file system to keep the data once: it compares by itself. `None` when it cannot.
fn reflink(there: &OwnedFd, from: &[u8], ours: &OwnedFd, name: &[u8], size: u64) -> Option<bool> {
    let source = sys::fs::open_at(there, from, Open::Read);
    let (Ok(source), Ok(target)) = (source, sys::fs::open_at(ours, name, Open::Write)) else {
        return Some(false);
    };
    sys::reflink::share_data(&source, &target, size).ok()
}

/// Whether attributes and content agree; `None` when one of them cannot be read.
fn is_same(there: &OwnedFd, ours: &OwnedFd, name: &[u8], compared: &Stat) -> Option<bool> {
    let open = |dir| sys::fs::open_at(dir, name, Open::Read).ok();
    let (other, own) = (open(there)?, open(ours)?);
    if !sys::fs::stat(&other).ok()?.same_inode(compared) || attributes(&other)? != attributes(&own)?
    {
        return Some(false);
    }
    same_content(File::from(other), File::from(own))
}

fn attributes(fd: &OwnedFd) -> Option<BTreeMap<Vec<u8>, Option<Vec<u8>>>> {
    let names = sys::xattr::names(fd).ok()?.into_iter();
    names
        .map(|name| {
            let value = sys::fs::xattr(fd, &name).ok()?;
            Some((name, value))
        })
        .collect()
}

fn same_content(mut one: File, mut other: File) -> Option<bool> {
    let mut buffers = (vec![0; BUFFER], vec![0; BUFFER]);
    loop {
        let count = one.read(&mut buffers.0).ok()?;
        if count == 0 {
            return Some(other.read(&mut buffers.1).ok()? == 0);
        }
        if other.read_exact(&mut buffers.1[..count]).is_err()
            || buffers.0[..count] != buffers.1[..count]
        {
            return Some(false);
        }
    }
}
