//! Parts of a tree become one tar: the sending side of `COPY` and `ADD`.
//!
//! Every source is opened once, in the tree's root: `..` and links stay inside, whatever they say
//! (S-93). Below a source no link is followed, and what was opened counts. Of a directory its
//! contents are sent, after an entry `./` for itself; of a file the file under its last name.

use std::io::Write;
use std::os::fd::{BorrowedFd, OwnedFd};

use serde::{Deserialize, Serialize};

use crate::layer::error::{Error, Refusal};
use crate::layer::names::join;
use crate::layer::tree::pack::{Packer, Times, Use};
use crate::layer::tree::pattern::{fits, is_pattern};
use crate::layer::tree::walk::{Mounts, Next, walk};
use crate::sys;
use crate::sys::fs::{Kind, Open};
use crate::types::ids::IdMaps;

/// What is taken of a tree.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Gather {
    /// Paths and patterns from the root.
    pub sources: Vec<Vec<u8>>,
    /// Every entry keeps the directories of its source, those after `/./` where that is in it.
    pub parents: bool,
    /// For files and directories instead of their own.
    pub mode: Option<u32>,
    pub times: Times,
}

/// Whether something is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    No,
    /// It, but what is in it is asked for.
    Itself,
    /// It and all in it.
    Whole,
}

/// Is asked of every path from the root, without a slash in front.
pub type Ask<'a> = &'a mut dyn FnMut(&[u8]) -> Ignored;

/// One source that is there.
struct Found {
    /// From the root, without links where a pattern led to it.
    path: Vec<u8>,
    /// How much of the path its entries do not show.
    hidden: usize,
}

/// Sends the sources; `pipe` is where `output` leads to, if it is one.
pub fn gather(
    root: &OwnedFd,
    wanted: &Gather,
    ask: Ask<'_>,
    ids: Option<&IdMaps>,
    output: &mut dyn Write,
    pipe: Option<BorrowedFd<'_>>,
) -> Result<(), Error> {
    let way = Use::Copy;
    let mut packer = Packer::new(&way, ids, output, pipe);
    packer.times = wanted.times;
    packer.mode = wanted.mode;
    for source in &wanted.sources {
        let found = find(root, source, wanted.parents, ask)?;
        if found.is_empty() {
            let errno = sys::fs::ENOENT;
            return Err(Error::refused(source, Refusal::Missing { errno }));
        }
        for one in found {
            send(root, &one, wanted.parents, ask, &mut packer)?;
        }
    }
    packer.finish()
}

/// The paths a pattern leads to, from the root, without what is left out.
pub fn matches(root: &OwnedFd, source: &[u8], ask: Ask<'_>) -> Result<Vec<Vec<u8>>, Error> {
    let found = find(root, source, false, ask)?;
    if found.is_empty() {
        let errno = sys::fs::ENOENT;
        return Err(Error::refused(source, Refusal::Missing { errno }));
    }
    Ok(found.into_iter().map(|one| one.path).collect())
}

/// What a pattern leads to, sorted, without what is left out.
fn find(root: &OwnedFd, source: &[u8], parents: bool, ask: Ask<'_>) -> Result<Vec<Found>, Error> {
    let parts = clean(source);
    let shown = match parents {
        true => source
            .windows(3)
            .position(|part| part == b"/./")
            .map_or(0, |cut| clean(&source[..cut]).len()),
        false => 0,
    };
    let mut paths: Vec<Vec<u8>> = vec![Vec::new()];
    for part in &parts {
        let mut next = Vec::new();
        for path in paths {
            if !is_pattern(part) {
                next.push(join(&path, part));
                continue;
            }
            let Ok(directory) = sys::fs::open_in_root(root, &absolute(&path), Open::Directory)
            else {
                continue;
            };
            let names = sys::fs::names(std::os::fd::AsFd::as_fd(&directory));
            let mut names = names.map_err(Error::io("reading a directory"))?;
            names.sort_unstable();
            let fitting = names.into_iter().filter(|name| fits(part, name));
            next.extend(fitting.map(|name| join(&path, &name)));
        }
        paths = next;
    }
    let mut found = Vec::new();
    for path in paths {
        let there = sys::fs::open_in_root(root, &absolute(&path), Open::Path);
        let left_out = !path.is_empty() && ask(&path) == Ignored::Whole;
        match there {
            Ok(_) if left_out => {}
            Ok(_) => {
                let all: Vec<&[u8]> = path.split(|byte| *byte == b'/').collect();
                let hidden = match parents {
                    true => all[..shown.min(all.len())].join(&b'/').len(),
                    false => 0,
                };
                found.push(Found { path, hidden });
            }
            Err(error) if matches!(error.errno, sys::fs::ENOENT | sys::fs::ENOTDIR) => {}
            Err(error) => {
                let errno = error.errno;
                return Err(Error::refused(&path, Refusal::Missing { errno }));
            }
        }
    }
    Ok(found)
}

/// The components of a path, with `.` and `..` resolved in words; above the root is the root.
fn clean(path: &[u8]) -> Vec<Vec<u8>> {
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for part in path.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => drop(parts.pop()),
            name => parts.push(name.to_vec()),
        }
    }
    parts
}

fn absolute(path: &[u8]) -> Vec<u8> {
    [b"/", path].concat()
}

fn send(
    root: &OwnedFd,
    found: &Found,
    parents: bool,
    ask: Ask<'_>,
    packer: &mut Packer<'_>,
) -> Result<(), Error> {
    let path = &found.path;
    let way = absolute(path);
    let missing = |error: sys::SysError| {
        let errno = error.errno;
        Error::refused(path, Refusal::Missing { errno })
    };
    let shown: &[u8] = match parents {
        true => path[found.hidden..]
            .strip_prefix(b"/")
            .unwrap_or(&path[found.hidden..]),
        false => b"",
    };
    if parents {
        above(root, path, shown, packer)?;
    }
    let handle = sys::fs::open_in_root(root, &way, Open::Path).map_err(missing)?;
    match sys::fs::stat(handle).map_err(missing)?.kind {
        Kind::Directory => {
            let directory = sys::fs::open_in_root(root, &way, Open::Directory).map_err(missing)?;
            let stat = sys::fs::stat(&directory).map_err(missing)?;
            packer.name = shown.to_vec();
            match shown.is_empty() {
                true => packer.directory(b"./", &stat, &directory)?,
                false => packer.directory(b"/", &stat, &directory)?,
            }
            contents(&directory, path, ask, packer)
        }
        Kind::File => {
            let file = sys::fs::open_in_root(root, &way, Open::Read).map_err(missing)?;
            // What was opened counts, not what was looked at.
            let stat = sys::fs::stat(&file).map_err(missing)?;
            if stat.kind != Kind::File {
                return Err(Error::refused(path, Refusal::NoFile));
            }
            let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
            packer.name = if parents { shown } else { name }.to_vec();
            packer.one(file, stat)
        }
        _ => Err(Error::refused(path, Refusal::NoFile)),
    }
}

/// Sends the directories that a source is in, as far as they are to be seen.
fn above(root: &OwnedFd, path: &[u8], shown: &[u8], packer: &mut Packer<'_>) -> Result<(), Error> {
    let hidden = path.len() - shown.len();
    for (cut, _) in shown.iter().enumerate().filter(|(_, byte)| **byte == b'/') {
        let way = absolute(&path[..hidden + cut]);
        let directory = sys::fs::open_in_root(root, &way, Open::Directory);
        let directory = directory.map_err(Error::io("opening a directory"))?;
        let stat = sys::fs::stat(&directory).map_err(Error::io("looking at a file"))?;
        packer.name = shown[..cut].to_vec();
        packer.directory(b"/", &stat, &directory)?;
    }
    Ok(())
}

/// Sends what is in a directory, without what is left out. A directory that is left out itself
/// comes along when something in it does.
fn contents(
    directory: &OwnedFd,
    path: &[u8],
    ask: Ask<'_>,
    packer: &mut Packer<'_>,
) -> Result<(), Error> {
    let mut waiting: Vec<Vec<u8>> = Vec::new();
    walk(directory, Mounts::Within, &mut |here| {
        match ask(&join(path, here.path)) {
            Ignored::Whole => return Ok(Next::Past),
            Ignored::Itself if here.stat.kind == Kind::Directory => {
                waiting.push(here.path.to_vec());
                return Ok(Next::Into);
            }
            Ignored::Itself => return Ok(Next::Past),
            Ignored::No => {}
        }
        for dir in std::mem::take(&mut waiting) {
            let inside = here.path.strip_prefix(&dir[..]);
            if !inside.is_some_and(|rest| rest.starts_with(b"/")) {
                continue;
            }
            let opened = sys::fs::open_across(directory, &dir, Open::Directory);
            let opened = opened.map_err(Error::io("opening a directory"))?;
            let stat = sys::fs::stat(&opened).map_err(Error::io("looking at a file"))?;
            packer.directory(&[&dir[..], b"/"].concat(), &stat, &opened)?;
        }
        packer.add(here)
    })
}
