//! `mount` and `umount`: trees of containers and images in the session of an `unshare`.
//!
//! A container that does not run is mounted as a start would mount it, but for its volumes; one
//! that runs is reached through its own mount namespace, since no upper directory is mounted
//! twice. Images are read-only.

use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};

use crate::engine::list::same_process;
use crate::engine::server::Words;
use crate::engine::tree::is_in_use;
use crate::engine::views::{Container, Image};
use crate::engine::{Engine, Error};
use crate::layer::tree::View;
use crate::sys;
use crate::sys::namespace;
use crate::sys::served::Access;

/// What an image's directory in a session begins with.
const IMAGE: &str = "image-";

/// A tree that is mounted in this session.
#[derive(Debug, Clone)]
pub struct Mounted {
    /// Of the container or the image, whole.
    pub id: String,
    /// Names it has.
    pub names: Vec<String>,
    pub path: PathBuf,
}

impl Engine {
    /// Mounts a container's tree, if it is not yet; returns where it is.
    pub fn mount(&self, name: &str) -> Result<PathBuf, Error> {
        let held = self.hold(name)?;
        let container = &held.container;
        let session = self.needed_session("mount")?;
        let place = session.join(container.record.id.as_str());
        if place.exists() {
            return Ok(place);
        }
        let what = || format!("mounting {}", container.record.name);
        let tree = match is_in_use(container.status) {
            true => self.running_tree(container),
            false => {
                self.refuse_mounted(container)?;
                self.writable_tree(container, &session)
            }
        };
        put(&tree.map_err(|error| error.while_doing(what()))?, &place)?;
        Ok(place)
    }

    /// Refuses a container that a session has mounted: its changes would have two ways in.
    pub(crate) fn refuse_mounted(&self, container: &Container) -> Result<(), Error> {
        match self.store()?.session_with(&container.record.id)? {
            None => Ok(()),
            Some(_) => Err(Error::new(format!(
                "container {} is mounted in a session of unshare",
                container.record.name
            ))
            .hint("umount it there, or end that session")),
        }
    }

    fn writable_tree(&self, container: &Container, session: &Path) -> Result<OwnedFd, Error> {
        if let Some(root) = container.record.root_in_place() {
            return Ok(sys::mount::copy_of(root)?);
        }
        let view = self.lowers(container)?;
        let lowers: Vec<&Path> = view.layers.iter().map(AsRef::as_ref).collect();
        let own = |name| container.directory.join(name);
        let (upper, work) = (own("upper"), own("work"));
        let upper = Some((upper.as_path(), work.as_path()));
        if let Some(program) = self.served_by(&container.record.id)? {
            let root = self.store()?.root();
            let words = Words {
                root,
                lowers: &view.layers,
                upper,
                maps: container.record.ids.as_ref(),
                volatile: false,
                single: self.base()?.single,
            };
            let directory = sys::fs::open_directory(root)?;
            let argv = words.argv(&program)?;
            return Ok(sys::served::tree(&argv, directory.as_fd(), Access::Write)?);
        }
        let staging = Staging::make(session)?;
        let tree = sys::mount::overlay_of(&lowers, view.data.as_deref(), upper, &staging.0)?;
        Ok(tree)
    }

    /// A copy of the mounts of a running container.
    fn running_tree(&self, container: &Container) -> Result<OwnedFd, Error> {
        let run = container.run.as_ref();
        let init = run.and_then(|run| same_process(run.init));
        let init = init.ok_or_else(|| Error::new("it has just ended"))?;
        let here = namespace::own("mnt")?;
        namespace::join(init.as_fd(), namespace::CLONE_NEWNS)?;
        let tree = sys::mount::copy_of(Path::new("/"));
        namespace::join(here.as_fd(), namespace::CLONE_NEWNS)?;
        Ok(tree?)
    }

    /// Mounts an image's tree, if it is not yet; returns where it is.
    pub fn mount_image(&self, name: &str) -> Result<PathBuf, Error> {
        let image = self.image(name)?;
        let session = self.needed_session("image mount")?;
        let place = session.join(format!("{IMAGE}{}", image.id.hex()));
        if place.exists() {
            return Ok(place);
        }
        let tree = self.image_tree(&image, &session);
        put(
            &tree.map_err(|e| e.while_doing(format!("mounting {name}")))?,
            &place,
        )?;
        Ok(place)
    }

    fn image_tree(&self, image: &Image, session: &Path) -> Result<OwnedFd, Error> {
        let View { layers, server, .. } = self.image_view(image)?;
        if let Some(server) = server {
            let directory = sys::fs::open_directory(&server.directory)?;
            let tree = sys::served::tree(&server.argv, directory.as_fd(), Access::Read)?;
            return Ok(tree);
        }
        let lowers: Vec<&Path> = layers.iter().map(AsRef::as_ref).collect();
        let staging = Staging::make(session)?;
        let tree = match lowers[..] {
            [] => sys::mount::copy_of(&staging.0)?,
            [only] => sys::mount::copy_of(only)?,
            _ => sys::mount::overlay_view(&lowers, &staging.0)?,
        };
        sys::mount::make_read_only(tree.as_fd())?;
        Ok(tree)
    }

    /// Takes a container's tree away; one that is not mounted is no error.
    pub fn unmount(&self, name: &str) -> Result<(), Error> {
        let container = self.container(name)?;
        let session = self.needed_session("umount")?;
        take_away(&session.join(container.record.id.as_str())).map(drop)
    }

    /// Takes an image's tree away; returns its id if it was mounted.
    pub fn unmount_image(&self, name: &str) -> Result<Option<String>, Error> {
        let id = self.image(name)?.id.hex();
        let session = self.needed_session("image umount")?;
        let was = take_away(&session.join(format!("{IMAGE}{id}")))?;
        Ok(was.then_some(id))
    }

    /// The containers that this session has mounted.
    pub fn mounted(&self) -> Result<Vec<Mounted>, Error> {
        let session = self.needed_session("mount")?;
        let mut found = Vec::new();
        for container in self.containers()? {
            let path = session.join(container.record.id.as_str());
            if path.exists() {
                found.push(Mounted {
                    id: container.record.id.to_string(),
                    names: vec![container.record.name.to_string()],
                    path,
                });
            }
        }
        Ok(found)
    }

    /// The images that this session has mounted.
    pub fn mounted_images(&self) -> Result<Vec<Mounted>, Error> {
        let session = self.needed_session("image mount")?;
        let mut found = Vec::new();
        for image in self.images()? {
            let path = session.join(format!("{IMAGE}{}", image.id.hex()));
            if path.exists() {
                found.push(Mounted {
                    id: image.id.hex(),
                    names: image.names,
                    path,
                });
            }
        }
        Ok(found)
    }

    pub(crate) fn needed_session(&self, verb: &str) -> Result<PathBuf, Error> {
        self.session()?.ok_or_else(|| {
            Error::new(format!(
                "cannot run command \"coracle {verb}\" in rootless mode, must execute \
                 `coracle unshare` first"
            ))
            .hint(format!("coracle unshare sh -c 'ls $(coracle {verb} NAME)'"))
        })
    }
}

/// An empty directory that goes again.
struct Staging(PathBuf);

impl Staging {
    fn make(session: &Path) -> Result<Self, Error> {
        let path = session.join(format!("making-{}", sys::process::own_pid()));
        std::fs::create_dir(&path).map_err(|error| Error::file("making", &path, error))?;
        Ok(Self(path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir(&self.0);
    }
}

/// Attaches a tree to a directory that is made for it.
fn put(tree: &OwnedFd, place: &Path) -> Result<(), Error> {
    std::fs::create_dir(place).map_err(|error| Error::file("making", place, error))?;
    let attached = sys::fs::open_directory(place)
        .and_then(|directory| sys::mount::attach(tree.as_fd(), directory.as_fd()));
    attached.map_err(|error| {
        let _ = std::fs::remove_dir(place);
        error.into()
    })
}

/// Unmounts a directory of the session and removes it; false when it is not there.
fn take_away(place: &Path) -> Result<bool, Error> {
    if !place.exists() {
        return Ok(false);
    }
    sys::mount::detach(place)?;
    std::fs::remove_dir(place).map_err(|error| Error::file("removing", place, error))?;
    Ok(true)
}
