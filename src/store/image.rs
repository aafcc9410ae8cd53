//! Images: a manifest and a config among the blobs, a small record, and any number of names.
//!
//! The record lists the layers' chain ids, so that garbage can be found without parsing
//! configs. An image without names is dangling and stays until it is removed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::store::error::passed;
use crate::store::file::{names_in, read_json, read_small, to_json};
use crate::store::{Error, Object, Store};
use crate::types::image::Manifest;
use crate::types::{ChainId, Digest, ImageConfig, ImageId, Reference, Timestamp};

/// `images/<manifest hex>`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageRecord {
    pub manifest: Digest,
    /// The manifest's media type.
    pub media_type: String,
    /// The config's digest.
    pub id: ImageId,
    /// Chain ids, lowest layer first.
    pub layers: Vec<ChainId>,
    /// When it arrived here.
    pub arrived: Timestamp,
}

impl ImageRecord {
    /// What it refers to, one line each, as leases write them.
    pub(crate) fn references(&self) -> Vec<String> {
        let documents = [self.manifest.hex(), self.id.hex()];
        let documents = documents.into_iter().map(|hex| format!("blob {hex}"));
        let layers = self.layers.iter();
        documents
            .chain(layers.map(|chain| format!("layer {}", chain.hex())))
            .collect()
    }
}

/// A record and the names it has now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedImage {
    pub record: ImageRecord,
    /// As `Reference` prints them, sorted.
    pub names: Vec<String>,
    /// The additional store that has it; `None` where it is our own.
    pub read_only: Option<PathBuf>,
}

impl Store {
    pub(crate) fn image_path(&self, manifest: &Digest) -> PathBuf {
        self.root.join("images").join(manifest.hex())
    }

    /// A reference may be longer than a file name: it is kept under its hash.
    fn name_path(&self, name: &str) -> PathBuf {
        let hash = Digest::of(name.as_bytes()).hex();
        self.root.join("images/names").join(hash)
    }

    /// Keeps an image whose layers are here already; returns its manifest digest.
    ///
    /// The bytes are those the registry or the archive gave, checked by the caller.
    pub fn add_image(
        &self,
        raw_manifest: &[u8],
        media_type: &str,
        raw_config: &[u8],
    ) -> Result<Digest, Error> {
        let id = ImageId(self.put_blob(raw_config)?);
        let config: ImageConfig =
            serde_json::from_slice(raw_config).map_err(|error| Error::Damaged {
                path: PathBuf::from(format!("image config {id}")),
                reason: error.to_string(),
            })?;
        let layers = ChainId::chain(&config.rootfs.diff_ids);
        for chain in &layers {
            self.needed_layer(chain)?;
        }
        let manifest = self.put_blob(raw_manifest)?;
        let path = self.image_path(&manifest);
        // A damaged record is mended by this.
        if !self.has_image(&manifest)? {
            let record = ImageRecord {
                manifest,
                media_type: media_type.to_owned(),
                id,
                layers,
                arrived: Timestamp::now(),
            };
            passed("store.image.verified", &path)?;
            self.replace_durably(&path, &to_json(&record))?;
            passed("store.image.recorded", &path)?;
        }
        Ok(manifest)
    }

    /// Gives a name to an image; returns the manifest that had it before.
    pub fn set_name(&self, name: &Reference, manifest: &Digest) -> Result<Option<Digest>, Error> {
        let name = name.to_string();
        let path = self.name_path(&name);
        let before = readable(&path)?.and_then(|bytes| parse_name(&bytes));
        if let Some((_, other)) = before.as_ref().filter(|(_, other)| other != manifest) {
            self.remember_name(&name, other)?;
        }
        let line = format!("{name} {manifest}\n");
        passed("store.image.naming", &path)?;
        self.replace_durably(&path, line.as_bytes())?;
        Ok(before.map(|(_, digest)| digest).filter(|d| d != manifest))
    }

    /// Takes a name away; false when it was not there. The image stays.
    pub fn remove_name(&self, name: &Reference) -> Result<bool, Error> {
        let path = self.name_path(&name.to_string());
        if !path.exists() {
            return Ok(false);
        }
        if let Some(manifest) = self.named(name)? {
            self.remember_name(&name.to_string(), &manifest)?;
        }
        passed("store.image.unnaming", &path)?;
        self.discard(&path)?;
        Ok(true)
    }

    /// Returns the manifest a name stands for.
    pub fn named(&self, name: &Reference) -> Result<Option<Digest>, Error> {
        let name = name.to_string();
        let found = readable(&self.name_path(&name))?.and_then(|bytes| parse_name(&bytes));
        Ok(found
            .filter(|(is, _)| *is == name)
            .map(|(_, digest)| digest))
    }

    /// Returns every name and its manifest.
    pub fn image_names(&self) -> Result<Vec<(String, Digest)>, Error> {
        self.readable_names(&mut |_| {})
    }

    pub(crate) fn readable_names(
        &self,
        damaged: &mut dyn FnMut(Error),
    ) -> Result<Vec<(String, Digest)>, Error> {
        let folder = self.root.join("images/names");
        let mut found = Vec::new();
        for file in names_in(&folder)? {
            let path = folder.join(file);
            match read_small(&path) {
                Ok(None) => {} // taken away since the folder was read
                Ok(Some(bytes)) => match parse_name(&bytes) {
                    Some(name) if self.name_path(&name.0) == path => found.push(name),
                    _ => damaged(Error::damaged(&path, "it gives no name to an image")),
                },
                Err(error @ Error::Damaged { .. }) => damaged(error),
                Err(error) => return Err(error),
            }
        }
        found.sort();
        Ok(found)
    }

    /// Returns one image's record.
    pub fn image(&self, manifest: &Digest) -> Result<Option<ImageRecord>, Error> {
        let path = self.image_path(manifest);
        let record: Option<ImageRecord> = read_json(&path)?;
        match record {
            Some(record) if record.manifest != *manifest => {
                let reason = format!("it is about image {}", record.manifest);
                Err(Error::damaged(&path, reason))
            }
            record => Ok(record),
        }
    }

    /// Whether an image is here whose record can be read.
    pub fn has_image(&self, manifest: &Digest) -> Result<bool, Error> {
        match self.image(manifest) {
            Err(Error::Damaged { .. }) => Ok(false),
            found => Ok(found?.is_some()),
        }
    }

    /// Returns every image with its names, newest first; fails when one is damaged.
    pub fn images(&self) -> Result<Vec<NamedImage>, Error> {
        let mut record = None;
        let images = self.readable_images(&mut |error| {
            // A name that cannot be read keeps nothing alive.
            if !matches!(&error, Error::Damaged { path, .. } if self.is_name(path)) {
                record.get_or_insert(error);
            }
        })?;
        record.map_or(Ok(images), Err)
    }

    fn is_name(&self, path: &Path) -> bool {
        path.parent() == Some(&self.root.join("images/names"))
    }

    /// The same, for whoever only looks: `damaged` is told of each file that cannot be read.
    pub fn readable_images(
        &self,
        damaged: &mut dyn FnMut(Error),
    ) -> Result<Vec<NamedImage>, Error> {
        let mut names: HashMap<Digest, Vec<String>> = HashMap::new();
        for (name, manifest) in self.readable_names(damaged)? {
            names.entry(manifest).or_default().push(name);
        }
        let mut images = Vec::new();
        for file in names_in(&self.root.join("images"))? {
            let Ok(manifest) = Digest::parse_hex(&file) else {
                continue;
            };
            let record = match self.image(&manifest) {
                Ok(Some(record)) => record,
                // Another command may have removed it since the folder was read.
                Ok(None) => continue,
                Err(error @ Error::Damaged { .. }) => {
                    damaged(error);
                    continue;
                }
                Err(error) => return Err(error),
            };
            images.push(NamedImage {
                record,
                names: names.remove(&manifest).unwrap_or_default(),
                read_only: None,
            });
        }
        images.sort_by(|a, b| {
            let key = |image: &NamedImage| (image.record.arrived, image.record.manifest);
            key(b).cmp(&key(a))
        });
        Ok(images)
    }

    /// Returns the manifest document of an image.
    pub fn manifest_of(&self, record: &ImageRecord) -> Result<(Vec<u8>, Manifest), Error> {
        let raw = self.blob(&record.manifest)?;
        let parsed = serde_json::from_slice(&raw).map_err(|error| Error::Damaged {
            path: self.image_path(&record.manifest),
            reason: error.to_string(),
        })?;
        Ok((raw, parsed))
    }

    /// Returns the config document of an image.
    pub fn config_of(&self, record: &ImageRecord) -> Result<(Vec<u8>, ImageConfig), Error> {
        let raw = self.blob(&record.id.0)?;
        let parsed = serde_json::from_slice(&raw).map_err(|error| Error::Damaged {
            path: self.image_path(&record.manifest),
            reason: error.to_string(),
        })?;
        Ok((raw, parsed))
    }

    /// Removes an image's names and record; its layers and blobs go with the next
    /// [`Store::collect`] unless somebody else refers to them.
    pub fn remove_image(&self, manifest: &Digest) -> Result<(), Error> {
        let path = self.image_path(manifest);
        if !path.exists() {
            return Err(Error::Unknown {
                object: Object::Image,
                word: manifest.to_string(),
            });
        }
        // The record first: one rename, and the image is gone. A name without an image is
        // garbage; an image without its names would still be there for nobody.
        passed("store.image.leaving", &path)?;
        self.discard(&path)?;
        passed("store.image.removed", &path)?;
        for (name, of) in self.image_names()? {
            if of == *manifest {
                self.discard(&self.name_path(&name))?;
            }
        }
        Ok(())
    }

    /// Whether a name may stand for it: an image, or a list.
    fn is_nameable(&self, digest: &Digest) -> bool {
        self.image_path(digest).exists() || self.list_path(digest).exists()
    }

    /// Throws away names whose image or list is gone.
    pub(crate) fn reclaim_image_names(&self) -> Result<(), Error> {
        self.reclaim_former_names()?;
        for (name, manifest) in self.image_names()? {
            if self.is_nameable(&manifest) {
                continue;
            }
            let path = self.name_path(&name);
            let Some(place) = self.discard_to(&path)? else {
                continue;
            };
            // It may have been given to another image since it was read: then it comes back,
            // unless it was given once more.
            let now = readable(&place)?.and_then(|bytes| parse_name(&bytes));
            if now.is_some_and(|(_, digest)| self.is_nameable(&digest)) {
                let _ = std::fs::hard_link(&place, &path);
            }
        }
        Ok(())
    }
}

/// Reads a name's file; a damaged one counts as absent.
fn readable(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match read_small(path) {
        Err(Error::Damaged { .. }) => Ok(None),
        found => found,
    }
}

/// Reads `reference sha256:…`; a torn file counts as absent.
fn parse_name(bytes: &[u8]) -> Option<(String, Digest)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (name, digest) = text.strip_suffix('\n')?.split_once(' ')?;
    Some((name.to_owned(), Digest::parse(digest).ok()?))
}
