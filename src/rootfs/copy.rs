//! Copying what an image has at a path into a new volume, keeping owners and links.
//!
//! Runs in a worker in U0, in a mount namespace of its own. Source and target are walked by
//! descriptors, without following links; what is no file, directory, link or pipe is left
//! out. The walk keeps its own stack: a tree may be deeper than ours (S-18, S-88).

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::sys::SysError;
use crate::sys::fs::{self, Kind, Open, Stat};
use crate::types::ids::{self, IdMaps};

/// A directory being copied.
struct Level {
    from: OwnedFd,
    /// Shared with the memory of hard links, which are made through it.
    to: Rc<OwnedFd>,
    /// Of the source, applied when everything below is done.
    stat: Stat,
    rest: Vec<Vec<u8>>,
}

/// Most levels open at once; two descriptors each.
const MAX_DEPTH: usize = 400;

/// Copies everything in `from` into the empty directory `to`, and gives it its owner and mode:
/// the owner that the container's map makes the image's.
pub fn tree(from: OwnedFd, to: OwnedFd, maps: Option<&IdMaps>) -> Result<(), SysError> {
    let mut linked: HashMap<(u64, u64), (Rc<OwnedFd>, Vec<u8>)> = HashMap::new();
    let mut levels = vec![level(from, to)?];
    while let Some(top) = levels.last_mut() {
        let Some(name) = top.rest.pop() else {
            let done = levels.pop().expect("it was looked at just now");
            dress(&done.to, &done.stat, maps)?;
            continue;
        };
        let stat = fs::stat_at(&top.from, &name)?;
        match stat.kind {
            Kind::Directory => {
                fs::mkdir_at(&*top.to, &name, 0o700)?;
                let from = fs::open_at(&top.from, &name, Open::Directory)?;
                let to = fs::open_at(&*top.to, &name, Open::Directory)?;
                let next = level(from, to)?;
                if levels.len() >= MAX_DEPTH {
                    const ELOOP: i32 = 40;
                    return Err(SysError::new(
                        "copy",
                        "directories nested too deeply",
                        ELOOP,
                    ));
                }
                levels.push(next);
            }
            Kind::Symlink => {
                let target = fs::readlink_at(&top.from, &name)?;
                fs::symlink_at(&target, &*top.to, &name)?;
                let (uid, gid) = owner(&stat, maps);
                fs::chown_at(&*top.to, &name, uid, gid)?;
                fs::set_times_at(&*top.to, &name, stat.mtime)?;
            }
            Kind::File => {
                if stat.links > 1
                    && let Some((directory, first)) = linked.get(&(stat.device, stat.inode))
                {
                    fs::link_at(&**directory, first, &*top.to, &name)?;
                    continue;
                }
                file(top, &name, &stat, maps)?;
                if stat.links > 1 {
                    linked.insert((stat.device, stat.inode), (top.to.clone(), name));
                }
            }
            Kind::Fifo => {
                fs::fifo_at(&*top.to, &name, stat.mode & 0o7777)?;
                let (uid, gid) = owner(&stat, maps);
                fs::chown_at(&*top.to, &name, uid, gid)?;
            }
            _ => {}
        }
    }
    Ok(())
}

fn level(from: OwnedFd, to: OwnedFd) -> Result<Level, SysError> {
    let stat = fs::stat(&from)?;
    let rest = fs::names(from.as_fd())?;
    Ok(Level {
        from,
        to: Rc::new(to),
        stat,
        rest,
    })
}

fn file(level: &Level, name: &[u8], stat: &Stat, maps: Option<&IdMaps>) -> Result<(), SysError> {
    let mut source = File::from(fs::open_at(&level.from, name, Open::Read)?);
    let target = fs::open_at(&*level.to, name, Open::CreateNew(0o600))?;
    let mut target = File::from(target);
    if stat.blocks * 512 < stat.size {
        sparse(&mut source, &mut target, stat.size).map_err(|error| io_error(&error))?;
    } else {
        io::copy(&mut source, &mut target).map_err(|error| io_error(&error))?;
    }
    dress(&target.into(), stat, maps)
}

/// Copies only what a file has data for: holes stay holes (S-88).
fn sparse(source: &mut File, target: &mut File, size: u64) -> io::Result<()> {
    let mut at = 0;
    while let Some((begin, end)) = fs::next_data(&*source, at).map_err(io::Error::from)? {
        source.seek(SeekFrom::Start(begin))?;
        target.seek(SeekFrom::Start(begin))?;
        io::copy(&mut source.take(end - begin), target)?;
        at = end;
    }
    target.set_len(size)
}

/// Owner first: chown(2) clears the set-id bits of the mode.
fn dress(target: &OwnedFd, stat: &Stat, maps: Option<&IdMaps>) -> Result<(), SysError> {
    let (uid, gid) = owner(stat, maps);
    fs::chown(target, uid, gid)?;
    fs::chmod(target, stat.mode & 0o7777)?;
    fs::set_times(target, stat.mtime)
}

/// An id that the container has no name for stays what it is.
fn owner(stat: &Stat, maps: Option<&IdMaps>) -> (u32, u32) {
    let Some(maps) = maps else {
        return (stat.uid, stat.gid);
    };
    (
        ids::to_outside(&maps.uid, stat.uid).unwrap_or(stat.uid),
        ids::to_outside(&maps.gid, stat.gid).unwrap_or(stat.gid),
    )
}

/// What the worker is told: layers topmost first, the path below them, an empty directory.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Orders {
    pub layers: Vec<PathBuf>,
    /// The program that makes one tree of them where the kernel does not: its words, and the
    /// directory where its relative names begin.
    pub server: Option<(Vec<String>, PathBuf)>,
    pub path: String,
    pub staging: PathBuf,
    /// The directory that is filled, and where it goes when it is whole.
    pub copy: PathBuf,
    pub place: PathBuf,
    /// Of the container that uses the volume first, where they are not U0's.
    pub maps: Option<IdMaps>,
}

/// What the image has at the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// No directory.
    Nothing,
    Empty,
    Files,
}

/// The worker's part: mounts the layers and copies what lies at the path, if it is a
/// directory. In U0, with a mount namespace of its own.
pub fn carry_out(orders: &Orders, to: OwnedFd) -> Result<Found, SysError> {
    const ENOENT: i32 = 2;
    const ENOTDIR: i32 = 20;
    let layers: Vec<&Path> = orders.layers.iter().map(PathBuf::as_path).collect();
    let root = match &orders.server {
        Some((argv, directory)) => {
            let directory = fs::open_directory(directory)?;
            crate::sys::served::tree(argv, directory.as_fd(), crate::sys::served::Access::Read)?
        }
        None => crate::sys::mount::overlay_view(&layers, &orders.staging)?,
    };
    match fs::open_in_root(&root, orders.path.as_bytes(), Open::Directory) {
        Ok(from) => {
            let found = match fs::names(from.as_fd())?.is_empty() {
                true => Found::Empty,
                false => Found::Files,
            };
            tree(from, to, orders.maps.as_ref())?;
            Ok(found)
        }
        Err(error) if matches!(error.errno, ENOENT | ENOTDIR) => Ok(Found::Nothing),
        Err(error) => Err(error),
    }
}

fn io_error(error: &io::Error) -> SysError {
    const EIO: i32 = 5;
    SysError::new("copy", "", error.raw_os_error().unwrap_or(EIO))
}
