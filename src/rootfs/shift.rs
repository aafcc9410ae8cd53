//! An image's tree once more under other owners, without its data (`--userns`, `--uidmap`).
//!
//! Files of a layer belong to U0's numbers, as extracted. A container with another map needs
//! them under the numbers that its map turns into the image's. Overlayfs can take metadata
//! from one layer and data from another (overlayfs.rst, "Data-only lower layers"): here the
//! metadata is written, one inode per file with `user.overlay.metacopy` and the way to the
//! data below the store's `layers/`. Unprivileged since Linux 6.16, and only for files of the
//! *lowest* layer that is not data-only (tried on 6.18): so all layers become one tree, after
//! overlay's own rules (whiteouts, opaque directories).
//!
//! Runs in a worker in U0. With [`Data::Copied`] the data comes along: the rung for kernels
//! without such layers, on request only.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::os::fd::OwnedFd;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::sys::fs::{self, Kind, Open, Stat};
use crate::sys::xattr;
use crate::sys::{self, SysError};
use crate::types::ids::{self, IdExtent, IdMaps};

const METACOPY: &[u8] = b"user.overlay.metacopy";
const REDIRECT: &[u8] = b"user.overlay.redirect";
const OPAQUE: &[u8] = b"user.overlay.opaque";

/// What the worker is told.
#[derive(Debug, Serialize, Deserialize)]
pub struct Orders {
    /// `layers/` of the store.
    pub layers: PathBuf,
    /// The image's layers in it, topmost first.
    pub chains: Vec<String>,
    pub maps: IdMaps,
    /// One more than the highest uid and gid of U0.
    pub end: (u32, u32),
    pub data: Data,
    /// Owners and modes of these layers are noted beside the files: `sys::noted`.
    pub noted: bool,
    /// There is one id only: everything is root's.
    pub squash: bool,
    /// An empty directory to try things in.
    pub trial: PathBuf,
}

/// Where the new tree's data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Data {
    /// In the layers.
    Shared,
    Copied,
}

/// A directory that is yet to be done.
struct Directory {
    /// Below the root, without a slash in front; empty is the root.
    path: Vec<u8>,
    /// The layers that have it, topmost first.
    layers: Vec<usize>,
}

struct Shift<'a> {
    orders: &'a Orders,
    roots: Vec<OwnedFd>,
    to: OwnedFd,
    spare: (Option<u32>, Option<u32>),
    /// First names of files with several: layer, device, inode.
    linked: HashMap<(usize, u64, u64), Vec<u8>>,
}

/// Whether this kernel takes data from a layer of its own in our namespace: tried with one
/// file. In U0, with a mount namespace of its own.
pub fn is_supported(orders: &Orders) -> Result<bool, SysError> {
    let trial = fs::open_directory(&orders.trial)?;
    for name in [b"meta", b"data"] {
        fs::mkdir_at(&trial, name, 0o755)?;
    }
    let meta = fs::open_at(&trial, b"meta", Open::Directory)?;
    let data = fs::open_at(&trial, b"data", Open::Directory)?;
    std::io::Write::write_all(
        &mut File::from(fs::open_at(&data, b"d", Open::CreateNew(0o600))?),
        b"data",
    )
    .map_err(|error| io_error(&error))?;
    let file = File::from(fs::open_at(&meta, b"m", Open::CreateNew(0o600))?);
    file.set_len(4).map_err(|error| io_error(&error))?;
    if fs::set_xattr(&file, METACOPY, b"").is_err() {
        return Ok(false);
    }
    fs::set_xattr(&file, REDIRECT, b"/d")?;
    let places = [orders.trial.join("meta"), orders.trial.join("data")];
    let Ok(view) = crate::sys::mount::overlay_over_data(&places[0], &places[1]) else {
        return Ok(false);
    };
    let text = fs::open_beneath(&view, b"m", Open::Read).map(File::from);
    Ok(text.is_ok_and(|file| std::io::read_to_string(file).is_ok_and(|text| text == "data")))
}

/// Writes the tree into the empty directory `to`.
pub fn tree(orders: &Orders, to: OwnedFd) -> Result<(), SysError> {
    let roots = orders
        .chains
        .iter()
        .map(|chain| fs::open_directory(&orders.layers.join(chain).join("diff")))
        .collect::<Result<Vec<_>, _>>()?;
    let mut shift = Shift {
        orders,
        spare: (
            ids::spare(&orders.maps.uid, orders.end.0),
            ids::spare(&orders.maps.gid, orders.end.1),
        ),
        linked: HashMap::new(),
        to,
        roots,
    };
    let all = (0..shift.roots.len()).collect();
    let mut waiting = vec![Directory {
        path: Vec::new(),
        layers: all,
    }];
    while let Some(next) = waiting.pop() {
        shift.directory(&next, &mut waiting)?;
    }
    Ok(())
}

impl Shift<'_> {
    /// Writes everything in a directory but what is in its own directories, which wait.
    fn directory(
        &mut self,
        directory: &Directory,
        waiting: &mut Vec<Directory>,
    ) -> Result<(), SysError> {
        let to = below(&self.to, &directory.path)?;
        let mut sources = Vec::new();
        for layer in &directory.layers {
            sources.push((*layer, below(&self.roots[*layer], &directory.path)?));
        }
        let mut seen: HashSet<Vec<u8>> = HashSet::new();
        let mut inner: HashMap<Vec<u8>, (Vec<usize>, bool)> = HashMap::new();
        let mut order: Vec<Vec<u8>> = Vec::new();
        for (layer, source) in &sources {
            for name in fs::names(std::os::fd::AsFd::as_fd(source))? {
                let stat = fs::stat_at(source, &name)?;
                if let Some((layers, open)) = inner.get_mut(&name) {
                    if *open && stat.kind == Kind::Directory {
                        layers.push(*layer);
                        *open = !is_opaque(source, &name)?;
                    } else {
                        *open = false;
                    }
                    continue;
                }
                if !seen.insert(name.clone()) || stat.is_whiteout() {
                    continue;
                }
                if stat.kind == Kind::Directory {
                    fs::mkdir_at(&to, &name, 0o700)?;
                    let open = !is_opaque(source, &name)?;
                    inner.insert(name.clone(), (vec![*layer], open));
                    order.push(name);
                } else {
                    self.entry(*layer, source, &to, &directory.path, name, &stat)?;
                }
            }
        }
        let (_, top) = sources
            .first()
            .expect("a directory is in one layer at least");
        let stat = self.of_image(Some(top), fs::stat(top)?)?;
        let capability = self.attributes(top, &to)?;
        self.dress(&to, &stat, capability)?;
        for name in order {
            let (layers, _) = inner.remove(&name).expect("it was put in above");
            waiting.push(Directory {
                path: join(&directory.path, &name),
                layers,
            });
        }
        Ok(())
    }

    fn entry(
        &mut self,
        layer: usize,
        source: &OwnedFd,
        to: &OwnedFd,
        parent: &[u8],
        name: Vec<u8>,
        stat: &Stat,
    ) -> Result<(), SysError> {
        match stat.kind {
            Kind::File => self.file(layer, source, to, parent, name, stat),
            Kind::Symlink => {
                let stat = &self.of_image(None, *stat)?;
                let target = fs::readlink_at(source, &name)?;
                fs::symlink_at(&target, to, &name)?;
                let (uid, gid) = self.owner(stat)?;
                fs::chown_at(to, &name, uid, gid)?;
                fs::set_times_at(to, &name, stat.mtime)
            }
            Kind::Fifo => {
                let stat = &self.of_image(None, *stat)?;
                fs::fifo_at(to, &name, stat.mode & 0o7777)?;
                let (uid, gid) = self.owner(stat)?;
                fs::chown_at(to, &name, uid, gid)
            }
            // No layer has anything else (`layer/unpack.rs`).
            _ => Ok(()),
        }
    }

    fn file(
        &mut self,
        layer: usize,
        source: &OwnedFd,
        to: &OwnedFd,
        parent: &[u8],
        name: Vec<u8>,
        stat: &Stat,
    ) -> Result<(), SysError> {
        let path = join(parent, &name);
        let key = (layer, stat.device, stat.inode);
        if stat.links > 1
            && let Some(first) = self.linked.get(&key)
        {
            let (directory, last) = split(first);
            return fs::link_at(below(&self.to, directory)?, last, to, &name);
        }
        let file = File::from(fs::open_at(to, &name, Open::CreateNew(0o600))?);
        let original = fs::open_at(source, &name, Open::Read)?;
        let shares = self.orders.data == Data::Shared
            && stat.size > 0
            && self.refer(layer, &path, &file, stat.size)?;
        let file = if shares || stat.size == 0 {
            file
        } else {
            let mut from = File::from(original.try_clone().map_err(|e| io_error(&e))?);
            let mut into = file;
            std::io::copy(&mut from, &mut into).map_err(|error| io_error(&error))?;
            into
        };
        let file = OwnedFd::from(file);
        let capability = self.attributes(&original, &file)?;
        let dressed = self.of_image(Some(&original), *stat)?;
        self.dress(&file, &dressed, capability)?;
        if stat.links > 1 {
            self.linked.insert(key, path);
        }
        Ok(())
    }

    /// Makes a file a name for data elsewhere; whether the attributes had room.
    fn refer(&self, layer: usize, path: &[u8], file: &File, size: u64) -> Result<bool, SysError> {
        let mut way = format!("/{}/diff/", self.orders.chains[layer]).into_bytes();
        way.extend_from_slice(path);
        match fs::set_xattr(file, REDIRECT, &way) {
            // ext4 keeps one block of attributes: such a path is longer than that.
            Err(error) if matches!(error.errno, fs::ENOSPC | fs::E2BIG | fs::ERANGE) => {
                return Ok(false);
            }
            other => other?,
        }
        fs::set_xattr(file, METACOPY, b"")?;
        file.set_len(size).map_err(|error| io_error(&error))?;
        Ok(true)
    }

    /// Repeats the attributes that a layer may have; those of overlay were never the image's.
    /// Returns the file's capabilities, which a change of owner would take away again.
    fn attributes(&self, from: &OwnedFd, to: &OwnedFd) -> Result<Option<Vec<u8>>, SysError> {
        let mut capability = None;
        for name in xattr::names(from)? {
            if name.starts_with(b"user.overlay.") || name == sys::noted::NAME {
                continue;
            }
            let Some(value) = fs::xattr(from, &name)? else {
                continue;
            };
            if name == CAPABILITY {
                capability = Some(value);
            } else {
                // One that does not fit beside ours is left out, as it is in extraction.
                let _ = fs::set_xattr(to, &name, &value);
            }
        }
        Ok(capability)
    }

    /// What the image says of an inode: where that is noted, nothing but the time is on the disk.
    /// Links and the like have no note.
    fn of_image(&self, fd: Option<&OwnedFd>, stat: Stat) -> Result<Stat, SysError> {
        if !self.orders.noted {
            return Ok(stat);
        }
        let text = match fd {
            Some(fd) => fs::xattr(fd, sys::noted::NAME)?,
            None => None,
        };
        let noted = text.as_deref().and_then(sys::noted::Noted::parse);
        Ok(match noted {
            Some(noted) => Stat {
                uid: noted.uid,
                gid: noted.gid,
                mode: noted.mode,
                ..stat
            },
            None => Stat {
                uid: 0,
                gid: 0,
                ..stat
            },
        })
    }

    /// Owner first: chown(2) clears the set-id bits and file capabilities.
    fn dress(
        &self,
        to: &OwnedFd,
        stat: &Stat,
        capability: Option<Vec<u8>>,
    ) -> Result<(), SysError> {
        let (uid, gid) = self.owner(stat)?;
        fs::chown(to, uid, gid)?;
        fs::chmod(to, stat.mode & 0o7777)?;
        if let Some(value) = capability {
            let _ = fs::set_xattr(to, CAPABILITY, &value);
        }
        fs::set_times(to, stat.mtime)
    }

    fn owner(&self, stat: &Stat) -> Result<(u32, u32), SysError> {
        const EOVERFLOW: i32 = 75;
        if self.orders.squash {
            return Ok((0, 0));
        }
        let one = |extents: &[IdExtent], id, spare| {
            ids::on_disk(extents, id, spare).ok_or_else(|| {
                SysError::new(
                    "chown",
                    format!("id {id} has no place in the map"),
                    EOVERFLOW,
                )
            })
        };
        Ok((
            one(&self.orders.maps.uid, stat.uid, self.spare.0)?,
            one(&self.orders.maps.gid, stat.gid, self.spare.1)?,
        ))
    }
}

const CAPABILITY: &[u8] = b"security.capability";

fn below(root: &OwnedFd, path: &[u8]) -> Result<OwnedFd, SysError> {
    fs::open_beneath(
        root,
        if path.is_empty() { b"." } else { path },
        Open::Directory,
    )
}

fn join(parent: &[u8], name: &[u8]) -> Vec<u8> {
    let mut path = parent.to_vec();
    if !path.is_empty() {
        path.push(b'/');
    }
    path.extend_from_slice(name);
    path
}

fn split(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|byte| *byte == b'/') {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => (b"", path),
    }
}

/// overlayfs.rst, "whiteouts and opaque directories", with `userxattr`.
fn is_opaque(parent: &OwnedFd, name: &[u8]) -> Result<bool, SysError> {
    let directory = fs::open_at(parent, name, Open::Directory)?;
    Ok(fs::xattr(&directory, OPAQUE)?.as_deref() == Some(b"y"))
}

fn io_error(error: &std::io::Error) -> SysError {
    const EIO: i32 = 5;
    SysError::new("copy", "", error.raw_os_error().unwrap_or(EIO))
}
