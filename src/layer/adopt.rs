//! What a layer can only know once the layers below it are here.
//!
//! A directory that the archive does not list, only things in it, is the lower layers'
//! directory: it takes owner, mode and time from there, since overlayfs shows the upper one's.
//! And an opaque root hides everything below by whiteouts, because overlayfs does not look for
//! the opaque mark on its root.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::layer::error::Error;
use crate::layer::report::Report;
use crate::layer::unpack::Owners;
use crate::layer::worker::{Order, is_noted, run};
use crate::layer::{names, xattr};
use crate::sys;
use crate::sys::fs::{Kind, Open};
use crate::userns::Base;

/// The longest list of implied directories.
const MAX_LIST: u64 = 256 << 20;

/// Completes a staged layer; `below` are the trees of the layers below, topmost first.
///
/// Wanted when `Unpacked::needs_adoption` says so.
pub fn adopt(stage: BorrowedFd<'_>, below: &[PathBuf], base: Option<&Base>) -> Result<(), Error> {
    let mut order = Order::new(base);
    order.below = below
        .iter()
        .map(|path| path.as_os_str().as_bytes().to_vec())
        .collect();
    match run("adopt", stage, base, &order, &mut std::io::empty())? {
        Report::Done => Ok(()),
        _ => Err(Error::WorkerDied {
            how: "gave a strange answer".to_owned(),
        }),
    }
}

/// The worker's part.
pub(crate) fn adopt_here(
    stage: BorrowedFd<'_>,
    below: &[Vec<u8>],
    squash: bool,
) -> Result<(), Error> {
    let open = Error::io("opening a layer");
    let diff = sys::fs::open_beneath(stage, b"diff", Open::Directory).map_err(&open)?;
    let list = sys::fs::open_beneath(stage, b"implied", Open::Read).map_err(&open)?;
    let mut text = Vec::new();
    File::from(list)
        .take(MAX_LIST)
        .read_to_end(&mut text)
        .map_err(Error::std("reading the record"))?;
    let below: Vec<OwnedFd> = below
        .iter()
        .map(|path| sys::fs::open_directory(Path::new(std::ffi::OsStr::from_bytes(path))))
        .collect::<Result<_, _>>()
        .map_err(&open)?;
    if text.first() == Some(&b'o') {
        hide_everything(&diff, &below)?;
    }
    let owners = match (is_noted(stage), squash) {
        (true, _) => Owners::Noted,
        (false, true) => Owners::Squashed,
        (false, false) => Owners::Kept,
    };
    let paths: Vec<&[u8]> = text
        .get(1..)
        .unwrap_or_default()
        .split(|byte| *byte == 0)
        .collect();
    // Deepest first, as times of parents do not change any more then. The text ends with NUL.
    for path in paths[..paths.len().saturating_sub(1)].iter().rev() {
        // The list was written by a process that read strangers' bytes.
        let clean = names::components(path).map(|parts| parts.join(&b'/'));
        if clean.as_deref() == Ok(*path) {
            inherit(&diff, &below, path, owners)?;
        }
    }
    sys::fs::unlink_at(stage, b"implied").map_err(Error::io("removing the list"))
}

/// Opens a directory of a tree, `None` when there is none of that name.
fn directory(root: &OwnedFd, path: &[u8]) -> Result<Found, Error> {
    let path = if path.is_empty() { b"." } else { path };
    match sys::fs::open_beneath(root, path, Open::Directory) {
        Ok(fd) => Ok(Found::Directory(fd)),
        Err(error) if error.errno == sys::fs::ENOENT => Ok(Found::Nothing),
        Err(error) if error.errno == sys::fs::ENOTDIR || error.errno == sys::fs::ELOOP => {
            Ok(Found::Other)
        }
        Err(error) => Err(Error::io("opening a layer")(error)),
    }
}

enum Found {
    Directory(OwnedFd),
    Nothing,
    /// A file, a link or a whiteout: nothing below it shows through.
    Other,
}

fn inherit(diff: &OwnedFd, below: &[OwnedFd], path: &[u8], owners: Owners) -> Result<(), Error> {
    let Found::Directory(ours) = directory(diff, path)? else {
        return Ok(());
    };
    for lower in below {
        match directory(lower, path)? {
            Found::Nothing => {}
            Found::Other => break,
            Found::Directory(theirs) => {
                let stat = sys::fs::stat(&theirs).map_err(Error::io("looking at a layer"))?;
                match owners {
                    Owners::Kept => sys::fs::chown(&ours, stat.uid, stat.gid)
                        .map_err(Error::io("setting an owner"))?,
                    Owners::Squashed => {}
                    Owners::Noted => inherit_noted(&ours, &theirs)?,
                }
                if owners != Owners::Noted {
                    sys::fs::chmod(&ours, stat.mode).map_err(Error::io("setting a mode"))?;
                }
                return sys::fs::set_times(&ours, stat.mtime).map_err(Error::io("setting a time"));
            }
        }
    }
    // Nobody says when it was made; the same archive gives the same tree.
    sys::fs::set_times(&ours, (0, 0)).map_err(Error::io("setting a time"))
}

/// Takes over what is noted of a lower directory.
fn inherit_noted(ours: &OwnedFd, theirs: &OwnedFd) -> Result<(), Error> {
    let failed = Error::io("noting an owner");
    match sys::fs::xattr(theirs, sys::noted::NAME).map_err(&failed)? {
        Some(value) => sys::fs::set_xattr(ours, sys::noted::NAME, &value).map_err(failed),
        None => Ok(()),
    }
}

fn hide_everything(diff: &OwnedFd, below: &[OwnedFd]) -> Result<(), Error> {
    let read = Error::io("reading a layer");
    let mut names = BTreeSet::new();
    for lower in below {
        names.extend(sys::fs::names(lower.as_fd()).map_err(&read)?);
    }
    for name in names {
        match sys::fs::stat_at(diff, &name) {
            Ok(stat) if stat.kind == Kind::Directory => {
                sys::fs::open_at(diff, &name, Open::Directory)
                    .and_then(|fd| sys::fs::set_xattr(fd, xattr::OPAQUE, b"y"))
                    .map_err(Error::io("marking opaque"))?;
            }
            Ok(_) => {}
            Err(error) if error.errno == sys::fs::ENOENT => {
                sys::fs::whiteout_at(diff, &name).map_err(Error::io("marking deleted"))?;
            }
            Err(error) => return Err(read(error)),
        }
    }
    Ok(())
}
