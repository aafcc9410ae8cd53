//! A container's root directory: its mode, and `--rootfs DIR[:O]`, a directory of the host that
//! stands where else the image does.
//!
//! With `O` the directory is the one layer below what the container writes, and stays as it is.
//! Without, it is the container's tree itself: whatever runs there changes it, and where a mount
//! point is missing it is made there. Its owners are never changed, whatever the map of ids.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::engine::views::{Container, Image};
use crate::engine::{Engine, Error};
use crate::rootfs::Union;
use crate::types::request::RootDirectory;
use crate::types::{ChainId, ContainerRecord, Digest, RunRequest};

/// The mode of a root directory that no layer describes, as Podman has it.
const UNSAID_ROOT: u32 = 0o555;

/// Refuses what is no directory, and what has no meaning without an image.
pub(super) fn check(root: &RootDirectory, request: &RunRequest) -> Result<(), Error> {
    let path = &root.path;
    let facts = std::fs::metadata(path).map_err(|e| Error::file("opening --rootfs", path, e))?;
    if !facts.is_dir() {
        return Err(Error::new(format!(
            "--rootfs {}: not a directory",
            path.display()
        )));
    }
    if request.remove_image {
        return Err(Error::new(
            "--rmi and --rootfs cannot be used together: there is no image",
        ));
    }
    Ok(())
}

impl Engine {
    /// The image of a container, if it has one and that is still here.
    pub fn image_of(&self, container: &Container) -> Option<Image> {
        let id = container.record.image_id.as_ref()?;
        self.image(&id.hex()).ok()
    }

    /// What the container has below what it writes itself, topmost first.
    pub(crate) fn layer_paths(&self, record: &ContainerRecord) -> Result<Vec<PathBuf>, Error> {
        match &record.request.rootfs {
            Some(root) if root.overlay => Ok(vec![root.path.clone()]),
            Some(_) => Ok(Vec::new()),
            None => self.image_layers(record),
        }
    }

    /// Gives the upper directory the mode of the image's root: overlay shows the upper one's.
    pub(super) fn match_root_mode(&self, record: &ContainerRecord) -> Result<(), Error> {
        let upper = self.store()?.container_dir(&record.id).join("upper");
        let mode = self.root_mode(record)?;
        std::fs::set_permissions(&upper, std::fs::Permissions::from_mode(mode))
            .map_err(|error| Error::file("setting the mode of", &upper, error))
    }

    /// The mode that the topmost directory has which says what the container's root is like.
    fn root_mode(&self, record: &ContainerRecord) -> Result<u32, Error> {
        if record.request.rootfs.is_some() {
            let Some(root) = self.layer_paths(record)?.pop() else {
                return Ok(UNSAID_ROOT);
            };
            let facts = std::fs::metadata(&root);
            let facts = facts.map_err(|error| Error::file("looking at", &root, error))?;
            return Ok(facts.permissions().mode() & 0o7777);
        }
        for hex in record.layers.iter().rev() {
            let chain = Digest::parse_hex(hex);
            let chain = chain.map_err(|error| Error::new(error.to_string()))?;
            let layer = self.store()?.needed_layer(&ChainId(chain))?;
            if !layer.facts.bare_root {
                return Ok(layer.root_mode()?);
            }
        }
        Ok(UNSAID_ROOT)
    }

    /// Where what the container writes itself is.
    pub(crate) fn upper_of(&self, record: &ContainerRecord) -> Result<PathBuf, Error> {
        Ok(match record.root_in_place() {
            Some(root) => root.to_owned(),
            None => self.store()?.container_dir(&record.id).join("upper"),
        })
    }

    /// The container's tree for reading, without its mounts.
    pub(crate) fn union_of(&self, record: &ContainerRecord) -> Result<Union, Error> {
        let mut layers = vec![self.upper_of(record)?];
        layers.extend(self.layer_paths(record)?);
        Ok(Union { layers })
    }

    /// The same of a container that runs: its layers are mounted, whatever became of their records.
    pub(crate) fn mounted_union_of(&self, record: &ContainerRecord) -> Result<Union, Error> {
        if record.request.rootfs.is_some() {
            return self.union_of(record);
        }
        let mut layers = vec![self.upper_of(record)?];
        layers.extend(self.mounted_layers(record)?);
        Ok(Union { layers })
    }

    /// Refuses what compares a container with its image.
    pub(crate) fn needs_image(&self, record: &ContainerRecord, what: &str) -> Result<(), Error> {
        match record.root_in_place() {
            Some(root) => Err(Error::new(format!(
                "cannot {what} {}: it has no image, its files are those of {}",
                record.name,
                root.display()
            ))),
            None => Ok(()),
        }
    }
}

/// Whether a start mounts layers, or takes a directory as it is.
pub(super) fn in_place(record: &ContainerRecord) -> Option<String> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    record.root_in_place().map(text)
}
