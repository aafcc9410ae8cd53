//! The worker's way into a tree, which becomes its "/".

use std::fs::File;
use std::io::Read;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;

use crate::layer::error::Error;
use crate::layer::place::{Missing, Places};
use crate::layer::tree::{Orders, Place, View, Volume};
use crate::sys;
use crate::sys::fs::{Kind, Open};
use crate::sys::namespace;
use crate::sys::served::Access;
use crate::userns::worker;

/// The longest orders: a thousand layers with long names.
const MAX_ORDERS: u64 = 16 << 20;

const ALONE: i32 = namespace::CLONE_NEWNET | namespace::CLONE_NEWIPC | namespace::CLONE_NEWUTS;

pub fn read_orders(paper: OwnedFd) -> Result<Orders, Error> {
    let mut text = Vec::new();
    // The sender wrote through the same open file: its offset is at the end.
    let paper = File::from(paper);
    std::io::Seek::rewind(&mut &paper).map_err(Error::std("reading orders"))?;
    paper
        .take(MAX_ORDERS)
        .read_to_end(&mut text)
        .map_err(Error::std("reading orders"))?;
    serde_json::from_slice(&text).map_err(|error| Error::WorkerDied {
        how: format!("got broken orders: {error}"),
    })
}

/// Goes where the orders say; returns the trees. Afterwards nothing else can be named.
pub fn reach(
    place: &Place,
    process: OwnedFd,
    keep: &[BorrowedFd<'_>],
) -> Result<Vec<OwnedFd>, Error> {
    let go = Error::io("entering the tree");
    match place {
        Place::Views { trees, staging } => {
            drop(process);
            namespace::leave(namespace::CLONE_NEWNS | ALONE).map_err(&go)?;
            sys::mount::make_private().map_err(&go)?;
            let views = trees.iter().map(|tree| view(tree, staging));
            let views = views.collect::<Result<Vec<_>, _>>()?;
            let root = views.first().ok_or_else(|| Error::WorkerDied {
                how: "got orders for no tree".to_owned(),
            })?;
            become_root(root.as_fd(), staging)?;
            let trees = views.iter().map(readable).collect::<Result<_, _>>()?;
            drop(views); // closed by us, not under us
            lock_down(keep, trees)
        }
        Place::Whole {
            view,
            upper,
            work,
            volumes,
            staging,
        } => {
            drop(process);
            namespace::leave(namespace::CLONE_NEWNS | ALONE).map_err(&go)?;
            sys::mount::make_private().map_err(&go)?;
            let tree = writable(view, upper, work, staging).map_err(&go)?;
            let place = sys::fs::open_directory(staging).map_err(&go)?;
            sys::mount::attach(tree.as_fd(), place.as_fd()).map_err(&go)?;
            let root = readable(&tree)?;
            for volume in volumes {
                attach(&root, volume)?;
            }
            sys::confine::enter_directory(root.as_fd()).map_err(&go)?;
            sys::confine::make_this_mount_the_root().map_err(&go)?;
            drop((tree, place));
            lock_down(keep, vec![root])
        }
        Place::Writable(directory) => {
            drop(process);
            namespace::leave(namespace::CLONE_NEWNS | ALONE).map_err(&go)?;
            sys::mount::make_private().map_err(&go)?;
            let tree = sys::mount::copy_of(directory).map_err(&go)?;
            become_root(tree.as_fd(), directory)?;
            let root = readable(&tree)?;
            drop(tree);
            lock_down(keep, vec![root])
        }
        Place::Running => {
            namespace::join(process.as_fd(), namespace::CLONE_NEWNS).map_err(&go)?;
            drop(process);
            namespace::leave(ALONE).map_err(&go)?;
            // setns(2) has made the tree our root and working directory.
            let root = sys::fs::open_directory(Path::new("/")).map_err(&go)?;
            lock_down(keep, vec![root])
        }
    }
}

fn lock_down(keep: &[BorrowedFd<'_>], trees: Vec<OwnedFd>) -> Result<Vec<OwnedFd>, Error> {
    let keep: Vec<BorrowedFd<'_>> = keep
        .iter()
        .copied()
        .chain(trees.iter().map(AsFd::as_fd))
        .collect();
    worker::lock_down(&keep)?;
    drop(keep);
    Ok(trees)
}

/// Mounts a view without a place. A single directory becomes a mount too: no `..` leads out.
fn view(tree: &View, staging: &Path) -> Result<OwnedFd, Error> {
    let mount = Error::io("mounting the tree");
    let layers: Vec<&Path> = tree.layers.iter().map(AsRef::as_ref).collect();
    if let Some(server) = &tree.server {
        let directory = sys::fs::open_directory(&server.directory).map_err(&mount)?;
        return sys::served::tree(&server.argv, directory.as_fd(), Access::Read).map_err(mount);
    }
    match layers[..] {
        [] => sys::mount::copy_of(staging).map_err(mount),
        [only] if tree.data.is_none() => sys::mount::copy_of(only).map_err(mount),
        _ => {
            let data = tree.data.as_deref();
            sys::mount::overlay_of(&layers, data, None, staging).map_err(mount)
        }
    }
}

/// Mounts a volume; where the tree has no place for it, one is made, as a start would.
fn attach(root: &OwnedFd, volume: &Volume) -> Result<(), Error> {
    let go = Error::io("mounting a volume");
    let mut source = sys::mount::copy_of(&volume.source).map_err(&go)?;
    if let Some(part) = &volume.part {
        let part = sys::fs::open_in_root(&source, part.as_bytes(), Open::Path).map_err(&go)?;
        source = sys::mount::copy_of_open(part.as_fd()).map_err(&go)?;
    }
    if volume.read_only {
        sys::mount::make_read_only(source.as_fd()).map_err(&go)?;
    }
    let place = match sys::fs::open_in_root(root, volume.target.as_bytes(), Open::Path) {
        Err(error) if error.errno == sys::fs::ENOENT => {
            let kind = sys::fs::stat(&source).map_err(&go)?.kind;
            make_place(root, &volume.target, kind == Kind::Directory)?
        }
        other => other.map_err(&go)?,
    };
    sys::mount::attach(source.as_fd(), place.as_fd()).map_err(&go)
}

/// Makes a directory or an empty file to mount on.
fn make_place(root: &OwnedFd, target: &str, directory: bool) -> Result<OwnedFd, Error> {
    let go = Error::io("making a place for a volume");
    let parts = target.as_bytes().split(|byte| *byte == b'/');
    let parts: Vec<&[u8]> = parts.filter(|part| !part.is_empty()).collect();
    let mut places = Places::new(root.try_clone().map_err(Error::std("opening"))?);
    let parents = if directory {
        &parts[..]
    } else {
        &parts[..parts.len().saturating_sub(1)]
    };
    let above = places.find(parents, Missing::Make)?;
    if let (false, Some(above), Some(name)) = (directory, above, parts.last()) {
        sys::fs::open_at(&above.fd, name, Open::CreateNew(0o644)).map_err(&go)?;
    }
    sys::fs::open_in_root(root, target.as_bytes(), Open::Path).map_err(&go)
}

/// Mounts a container's tree as a start would, but for what is mounted in it.
fn writable(
    view: &View,
    upper: &Path,
    work: &Path,
    staging: &Path,
) -> Result<OwnedFd, sys::SysError> {
    if let Some(server) = &view.server {
        let directory = sys::fs::open_directory(&server.directory)?;
        return sys::served::tree(&server.argv, directory.as_fd(), Access::Write);
    }
    let lowers: Vec<&Path> = view.layers.iter().map(AsRef::as_ref).collect();
    let upper = Some((upper, work));
    sys::mount::overlay_of(&lowers, view.data.as_deref(), upper, staging)
}

/// The descriptor of a mount is only a handle (open_tree(2), O_PATH): this one can be read.
fn readable(tree: &OwnedFd) -> Result<OwnedFd, Error> {
    sys::fs::open_at(tree, b".", Open::Directory).map_err(Error::io("entering the tree"))
}

fn become_root(tree: BorrowedFd<'_>, staging: &Path) -> Result<(), Error> {
    let go = Error::io("entering the tree");
    let place = sys::fs::open_directory(staging).map_err(&go)?;
    sys::mount::attach(tree, place.as_fd()).map_err(&go)?;
    sys::confine::enter_directory(tree).map_err(&go)?;
    sys::confine::make_this_mount_the_root().map_err(&go)
}
