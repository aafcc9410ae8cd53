//! One thing of a tree as a tar, on its way elsewhere: the sending side of `cp`.

use std::io::Write;
use std::os::fd::{BorrowedFd, OwnedFd};

use crate::layer::error::{Error, Refusal};
use crate::layer::tree::pack::pack_one;
use crate::sys;
use crate::sys::fs::{Kind, Open};
use crate::types::ids::IdMaps;

/// Links followed for one path: what the kernel allows, path_resolution(7).
const MAX_LINKS: usize = 40;
/// What a tree's root is called; its own name is empty.
const ROOT: &[u8] = b"rootfs";

/// Sends what is at a path, links followed inside the tree: a file, or a directory with what is
/// in it and mounted there. `named` begins every entry with the name the links lead to; `pipe` is
/// where `output` leads to.
pub fn send(
    root: &OwnedFd,
    path: &str,
    named: bool,
    ids: Option<&IdMaps>,
    output: &mut dyn Write,
    pipe: Option<BorrowedFd<'_>>,
) -> Result<(), Error> {
    let (source, name) = find(root, path.as_bytes())?;
    let name: &[u8] = if named { &name } else { b"" };
    send_open(source, name, ids, output, pipe)
}

/// As [`send`], of what is open already. `pipe` is where `output` leads to, if it is one.
pub fn send_open(
    source: OwnedFd,
    name: &[u8],
    ids: Option<&IdMaps>,
    output: &mut dyn Write,
    pipe: Option<BorrowedFd<'_>>,
) -> Result<(), Error> {
    pack_one(source, name, ids, output, pipe)
}

/// Opens what the path leads to; returns it with its last name.
fn find(root: &OwnedFd, path: &[u8]) -> Result<(OwnedFd, Vec<u8>), Error> {
    let missing = |error: sys::SysError| {
        let errno = error.errno;
        Error::refused(path, Refusal::Missing { errno })
    };
    let open = |how| sys::fs::open_in_root(root, path, how);
    let stat = open(Open::Path).and_then(sys::fs::stat).map_err(missing)?;
    match stat.kind {
        Kind::Directory => {
            let directory = open(Open::Directory).map_err(missing)?;
            let name = sys::fs::path_from_here(&directory).map_err(missing)?;
            let name = name.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
            let name = if name.is_empty() { ROOT } else { name };
            Ok((directory, name.to_vec()))
        }
        Kind::File => {
            let name = last_name(root, path).map_err(missing)?;
            let file = open(Open::Read).map_err(missing)?;
            // What was opened counts, not what was looked at.
            match sys::fs::stat(&file).map_err(missing)?.kind {
                Kind::File => Ok((file, name)),
                _ => Err(Error::refused(path, Refusal::NoFile)),
            }
        }
        _ => Err(Error::refused(path, Refusal::NoFile)),
    }
}

/// The name of the file that a chain of links ends in.
fn last_name(root: &OwnedFd, path: &[u8]) -> Result<Vec<u8>, sys::SysError> {
    let mut way = path.to_vec();
    for _ in 0..MAX_LINKS {
        let cut = way.iter().rposition(|byte| *byte == b'/');
        let name = way[cut.map_or(0, |cut| cut + 1)..].to_vec();
        let above = [b"/", &way[..cut.unwrap_or(0)]].concat();
        let parent = sys::fs::open_in_root(root, &above, Open::Directory)?;
        if sys::fs::stat_at(&parent, &name)?.kind != Kind::Symlink {
            return Ok(name);
        }
        let target = sys::fs::readlink_at(&parent, &name)?;
        way = match target.starts_with(b"/") {
            true => target,
            false => [&above, &b"/"[..], &target].concat(),
        };
    }
    Err(sys::SysError::new("openat2", "", sys::fs::ELOOP))
}
