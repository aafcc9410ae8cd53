//! Additional image stores: of the same format, somewhere else, only read here.
//!
//! What is asked for by a digest, a layer or a document, is taken from the first store that has
//! it, our own first. Lists stay apart: garbage is looked for among our own things only, and
//! nothing is ever written there, no lock and no mark either. So nobody keeps the images of such
//! a store for those who use them: whoever takes one away breaks the next start of their
//! containers.
//!
//! A store that others read has its owners noted beside the files (`noted`); one whose files
//! belong to the ids of U0 serves the user who made it alone.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::store::file::read_small;
use crate::store::image::NamedImage;
use crate::store::noted::Owners;
use crate::store::{Error, Store, StoredLayer, check_version};
use crate::sys;
use crate::types::{ChainId, Digest};

/// The stores beside ours, opened by the first look into one.
#[derive(Debug, Default)]
pub(crate) struct Additional {
    paths: Vec<PathBuf>,
    opened: OnceLock<Vec<Store>>,
}

impl Store {
    /// Has images and layers looked for in these stores too, in this order, after our own.
    #[must_use]
    pub fn beside(mut self, paths: Vec<PathBuf>) -> Self {
        self.additional = Additional {
            paths,
            opened: OnceLock::new(),
        };
        self
    }

    /// Opens them all; one that cannot be used fails, whatever is in the others.
    pub(crate) fn additional(&self) -> Result<&[Store], Error> {
        if let Some(stores) = self.additional.opened.get() {
            return Ok(stores);
        }
        let paths = self.additional.paths.iter();
        let stores = paths
            .filter(|path| **path != self.root)
            .map(|path| open(path))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(self.additional.opened.get_or_init(|| stores))
    }

    /// Returns every image of the additional stores; `damaged` is told of what cannot be read.
    pub fn additional_images(
        &self,
        damaged: &mut dyn FnMut(Error),
    ) -> Result<Vec<NamedImage>, Error> {
        let mut all = Vec::new();
        for store in self.additional()? {
            let images = store.readable_images(damaged);
            let images = images.map_err(|error| refusal(&store.root, error))?;
            all.extend(images.into_iter().map(|image| NamedImage {
                read_only: Some(store.root.clone()),
                ..image
            }));
        }
        Ok(all)
    }

    pub(crate) fn additional_layer(&self, chain: &ChainId) -> Result<Option<StoredLayer>, Error> {
        for store in self.additional()? {
            let found = store.own_layer(chain);
            let found = found.map_err(|error| refusal(&store.root, error))?;
            // A link there would lead a container's tree to anywhere here.
            let found = found.filter(|layer| is_directory(&layer.diff));
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    pub(crate) fn additional_blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        for store in self.additional()? {
            let found = store.own_blob(digest);
            if let Some(bytes) = found.map_err(|error| refusal(&store.root, error))? {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    }
}

fn is_directory(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|facts| facts.is_dir())
}

fn open(path: &Path) -> Result<Store, Error> {
    let failed = |error| refusal(path, Error::io("opening", path, error));
    let facts = fs::metadata(path).map_err(failed)?;
    let text = read_small(&path.join("version")).map_err(|error| refusal(path, error))?;
    let Some(text) = text else {
        return Err(Error::Additional {
            path: path.to_owned(),
            why: "it is not a store of coracle".to_owned(),
            hint: MAKE,
        });
    };
    check_version(path, &text).map_err(|error| refusal(path, error))?;
    let owners = Owners::of(path).map_err(|error| refusal(path, error))?;
    if owners == Owners::Kept && facts.uid() != sys::fs::own_uid() {
        return Err(Error::Additional {
            path: path.to_owned(),
            why: format!(
                "its files belong to the ids of the user with id {}",
                facts.uid()
            ),
            hint: MAKE,
        });
    }
    Ok(Store {
        root: path.to_owned(),
        owners,
        additional: Additional::default(),
        only_read: true,
    })
}

const MAKE: &str = "coracle --root DIR --storage-opt overlay.force_mask=shared pull IMAGE makes one \
                    that others can read";
const GONE: &str = "mount it again, or take it out of additionalimagestores in storage.conf and \
                    of --storage-opt";
const NEWER: &str = "use the version of coracle that wrote it";

/// Names the store in an error about something in it.
fn refusal(path: &Path, error: Error) -> Error {
    let (why, hint) = match error {
        error @ Error::Additional { .. } => return error,
        Error::TooNew { number, .. } => (
            format!("it has format {number}, written by a newer version of coracle"),
            NEWER,
        ),
        Error::NotAStore { .. } => ("it is not a store of coracle".to_owned(), MAKE),
        // The store itself is the object: its path stands in front already.
        Error::Io {
            path: of, reason, ..
        } if of == path => (reason, GONE),
        error => (error.to_string(), GONE),
    };
    Error::Additional {
        path: path.to_owned(),
        why,
        hint,
    }
}
