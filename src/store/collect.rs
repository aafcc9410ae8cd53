//! Garbage: layers and documents that no image, list, container or lease refers to.
//!
//! It is found from the references themselves, never from bookkeeping that a killed command
//! could leave wrong. Any command may collect; two at once do no harm.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use crate::store::claim::is_still_at;
use crate::store::error::passed;
use crate::store::file::names_in;
use crate::store::stage::lock_directory;
use crate::store::{Error, Store};
use crate::sys;
use crate::sys::fs::Lock;
use crate::sys::open::open_to_lock;
use crate::types::request::MountSource;
use crate::types::{ChainId, ImageId};

/// Which images without containers are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unused {
    /// Those without a name.
    Dangling,
    Any,
}

/// What was thrown away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collected {
    pub layers: usize,
    pub blobs: usize,
}

impl Store {
    /// Throws away every layer and document without a reference.
    pub fn collect(&self) -> Result<Collected, Error> {
        let mut collected = Collected::default();
        let used = self.references()?;
        for chain in self.layers()? {
            let line = format!("layer {}", chain.hex());
            let path = self.layer_path(&chain);
            if used.contains(&line) {
                continue;
            }
            let Some(_lock) = lock_directory(&path)? else {
                continue;
            };
            if self.references()?.contains(&line) {
                continue;
            }
            self.discard(&path)?;
            collected.layers += 1;
        }
        self.collect_shifted(&used)?;
        let folder = self.root.join("blobs/sha256");
        for name in names_in(&folder)? {
            let line = format!("blob {name}");
            if used.contains(&line) {
                continue;
            }
            let path = folder.join(&name);
            let Some(_lock) = lock_file(&path)? else {
                continue;
            };
            if self.references()?.contains(&line) {
                continue;
            }
            self.discard(&path)?;
            collected.blobs += 1;
        }
        Ok(collected)
    }

    /// Removes an image that no container is made of and that nobody is about to use; its names,
    /// `None` when somebody needs it.
    ///
    /// The config's file is locked as a collector does it: whoever is going to use the image has
    /// named that in a lease and looks for the image afterwards.
    pub fn remove_unused_image(
        &self,
        id: &ImageId,
        which: Unused,
    ) -> Result<Option<Vec<String>>, Error> {
        let line = format!("blob {}", id.0.hex());
        let path = self.root.join("blobs/sha256").join(id.0.hex());
        let lock = lock_file(&path)?;
        if lock.is_none() && path.exists() {
            return Ok(None);
        }
        if self.leased()?.contains(&line) || self.is_image_used(id)? {
            return Ok(None);
        }
        passed("store.image.unused", &path)?;
        let mut images = self.images()?;
        images.retain(|image| image.record.id == *id);
        let named = images.iter().any(|image| !image.names.is_empty());
        if images.is_empty() || (named && which == Unused::Dangling) {
            return Ok(None);
        }
        let mut names = Vec::new();
        for image in images {
            names.extend(image.names);
            self.remove_image(&image.record.manifest)?;
        }
        Ok(Some(names))
    }

    /// Whether a container is made of an image or has mounted it.
    fn is_image_used(&self, id: &ImageId) -> Result<bool, Error> {
        let tops: HashSet<String> = self
            .images()?
            .iter()
            .filter(|image| image.record.id == *id)
            .filter_map(|image| image.record.layers.last().map(ChainId::hex))
            .collect();
        for container in self.containers()? {
            // A record that cannot be read may refer to anything.
            let Ok(record) = container.record() else {
                return Ok(true);
            };
            let mounted = record.mounts.iter().any(|mount| match &mount.source {
                MountSource::Image(tree) => {
                    tree.layers.last().is_some_and(|top| tops.contains(top))
                }
                _ => false,
            });
            if record.image_id == Some(*id) || mounted {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns everything that is referred to, one line each, as leases write them.
    ///
    /// Leases are read first: one that ends after that has left a reference behind.
    pub(crate) fn references(&self) -> Result<HashSet<String>, Error> {
        let mut used = self.leased()?;
        for image in self.images()? {
            used.extend(image.record.references());
        }
        for list in self.lists()? {
            used.extend(list.record.references());
        }
        for artifact in self.artifacts()? {
            let blobs = artifact.blobs.iter().chain([&artifact.manifest]);
            used.extend(blobs.map(|blob| format!("blob {}", blob.hex())));
        }
        for step in self.built_steps()? {
            used.extend(step.references());
        }
        for container in self.containers()? {
            // A record that cannot be read may refer to anything.
            let record = container.record()?;
            used.extend(record.image_id.map(|id| format!("blob {}", id.hex())));
            used.extend(
                record
                    .mounts
                    .iter()
                    .filter_map(|mount| match &mount.source {
                        MountSource::Artifact(file) => {
                            Some(format!("blob {}", file.blob.as_ref()?))
                        }
                        _ => None,
                    }),
            );
            let mounted = record.mounts.iter().flat_map(|mount| match &mount.source {
                MountSource::Image(tree) => tree.layers.as_slice(),
                _ => &[],
            });
            used.extend(record.layers.iter().chain(mounted).map(|chain| {
                let hex = chain.strip_prefix("sha256:").unwrap_or(chain);
                format!("layer {hex}")
            }));
        }
        Ok(used)
    }
}

pub(crate) fn lock_file(path: &Path) -> Result<Option<fs::File>, Error> {
    let Ok(file) = open_to_lock(path) else {
        return Ok(None);
    };
    let locked = sys::fs::try_lock(&file, Lock::Exclusive)
        .map_err(|error| Error::sys("locking", path, error))?;
    Ok((locked && is_still_at(&file, path)).then_some(file))
}
