//! The directories a container's tree is made of.

use std::path::{Path, PathBuf};

use crate::engine::{Engine, Error};
use crate::store;
use crate::types::request::{Mount, MountSource};
use crate::types::{ChainId, ContainerRecord, Digest};

impl Engine {
    /// The layers of the record's image as directories, topmost first.
    pub(crate) fn image_layers(&self, record: &ContainerRecord) -> Result<Vec<PathBuf>, Error> {
        let mut paths = Vec::with_capacity(record.layers.len());
        for hex in record.layers.iter().rev() {
            let path = self.layer_path(hex)?.ok_or_else(|| {
                Error::new(format!(
                    "layer {} of image {} is missing",
                    &hex[..12],
                    record.image_name
                ))
                .hint("pull the image again")
            })?;
            paths.push(path);
        }
        if paths.len() > crate::runtime::step::MAX_LAYERS {
            return Err(Error::new(format!(
                "the image has {} layers, overlay takes at most {}",
                paths.len(),
                crate::runtime::step::MAX_LAYERS
            )));
        }
        Ok(paths)
    }

    /// The same of a container that runs, which is why the layers are there.
    pub(crate) fn mounted_layers(&self, record: &ContainerRecord) -> Result<Vec<PathBuf>, Error> {
        let store = self.store()?;
        let paths = record.layers.iter().rev();
        paths
            .map(|hex| Ok(store.layer_diff(&chain(hex)?)))
            .collect()
    }

    /// Where a layer's files are, by its chain id in hex.
    pub(super) fn layer_path(&self, hex: &str) -> Result<Option<PathBuf>, Error> {
        match self.store()?.needed_layer(&chain(hex)?) {
            Err(store::Error::Unknown { .. }) => Ok(None),
            found => Ok(Some(found?.diff)),
        }
    }
}

fn chain(hex: &str) -> Result<ChainId, Error> {
    let digest = Digest::parse_hex(hex).map_err(|error| Error::new(error.to_string()))?;
    Ok(ChainId(digest))
}

/// Where a container keeps what it writes into a mounted image.
pub(crate) fn image_scratch(container: &Path, target: &str) -> PathBuf {
    let name = Digest::of(target.as_bytes()).hex();
    container.join(format!("image-{}", &name[..16]))
}

/// What is written into mounted images.
pub(super) fn image_uppers(container: &Path, mounts: &[Mount]) -> Vec<PathBuf> {
    let written = mounts.iter().filter(|mount| match &mount.source {
        MountSource::Image(tree) => tree.writable,
        _ => false,
    });
    written
        .map(|mount| image_scratch(container, &mount.target).join("upper"))
        .collect()
}
