//! Manifest lists that are put together here: beside the images, named as they are.
//!
//! A list keeps its id while it changes, so the id is random. What its instances are made of is
//! referred to by the list itself: an image that was removed can still be sent with it. Changes
//! are made under a claim on the id, and a change replaces the record whole.

use std::collections::{BTreeMap, HashMap};
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::store::file::{names_in, read_json, to_json};
use crate::store::{Error, ImageRecord, Object, Store};
use crate::sys;
use crate::types::list::List;
use crate::types::{Digest, ImageId, Reference, Timestamp};

/// `images/lists/<id hex>`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListRecord {
    pub id: ImageId,
    pub created: Timestamp,
    #[serde(default)]
    pub list: List,
    /// Where each instance is, by its manifest's digest.
    #[serde(default)]
    pub instances: BTreeMap<String, Instance>,
}

/// Where an instance of a list is taken from when the list is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Instance {
    /// An image of this store.
    Image(ImageRecord),
    /// The whole reference it has in a registry.
    Remote(Reference),
    Artifact(ArtifactInstance),
}

/// Files, kept among the blobs with a manifest made for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtifactInstance {
    pub manifest: Digest,
    /// Its config and layers.
    pub blobs: Vec<Digest>,
    /// Where they came from.
    pub files: Vec<String>,
}

/// A list and the names it has now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedList {
    pub record: ListRecord,
    /// As `Reference` prints them, sorted.
    pub names: Vec<String>,
}

impl ListRecord {
    pub fn instance(&self, digest: &Digest) -> Option<&Instance> {
        self.instances.get(&digest.to_string())
    }

    /// What it refers to, one line each, as leases write them.
    pub(crate) fn references(&self) -> impl Iterator<Item = String> + '_ {
        self.instances.values().flat_map(|instance| match instance {
            Instance::Image(image) => image.references(),
            Instance::Remote(_) => Vec::new(),
            Instance::Artifact(artifact) => {
                let blobs = artifact.blobs.iter().chain([&artifact.manifest]);
                blobs.map(|blob| format!("blob {}", blob.hex())).collect()
            }
        })
    }
}

impl Store {
    fn lists_folder(&self) -> PathBuf {
        self.root.join("images/lists")
    }

    pub(crate) fn list_path(&self, id: &Digest) -> PathBuf {
        self.lists_folder().join(id.hex())
    }

    /// Makes an empty list of a new id.
    pub fn new_list(&self) -> Result<ListRecord, Error> {
        let folder = self.lists_folder();
        match DirBuilder::new().mode(0o700).create(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                return Err(Error::io("making", &folder, error));
            }
            _ => {}
        }
        let mut bytes = [0; 32];
        sys::fs::random(&mut bytes)
            .map_err(|error| Error::sys("asking for randomness", &folder, error))?;
        let record = ListRecord {
            // Nobody else's digest: 32 random bytes are as good before hashing as after.
            id: ImageId(Digest::of(&bytes)),
            created: Timestamp::now(),
            list: List::default(),
            instances: BTreeMap::new(),
        };
        self.keep_list(&record)?;
        Ok(record)
    }

    /// Replaces a list's record; the caller holds the claim on its id.
    pub fn keep_list(&self, record: &ListRecord) -> Result<(), Error> {
        self.replace_durably(&self.list_path(&record.id.0), &to_json(record))
    }

    pub fn list(&self, id: &Digest) -> Result<Option<ListRecord>, Error> {
        let path = self.list_path(id);
        let record: Option<ListRecord> = read_json(&path)?;
        match record {
            Some(record) if record.id.0 != *id => {
                let reason = format!("it is about list {}", record.id);
                Err(Error::damaged(&path, reason))
            }
            record => Ok(record),
        }
    }

    /// Returns every list with its names, newest first; fails when one is damaged.
    pub fn lists(&self) -> Result<Vec<NamedList>, Error> {
        let mut failure = None;
        let lists = self.readable_lists(&mut |error| {
            failure.get_or_insert(error);
        })?;
        failure.map_or(Ok(lists), Err)
    }

    /// The same, for whoever only looks: `damaged` is told of each record that cannot be read.
    pub fn readable_lists(&self, damaged: &mut dyn FnMut(Error)) -> Result<Vec<NamedList>, Error> {
        let files = names_in(&self.lists_folder())?;
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let mut names: HashMap<Digest, Vec<String>> = HashMap::new();
        // Torn names are told where images are listed.
        for (name, id) in self.readable_names(&mut |_| {})? {
            names.entry(id).or_default().push(name);
        }
        let mut lists = Vec::new();
        for file in files {
            let Ok(id) = Digest::parse_hex(&file) else {
                continue;
            };
            match self.list(&id) {
                Ok(Some(record)) => lists.push(NamedList {
                    record,
                    names: names.remove(&id).unwrap_or_default(),
                }),
                // Removed by another command since the folder was read.
                Ok(None) => {}
                Err(error @ Error::Damaged { .. }) => damaged(error),
                Err(error) => return Err(error),
            }
        }
        lists.sort_by_key(|list| std::cmp::Reverse((list.record.created, list.record.id)));
        Ok(lists)
    }

    /// Removes a list and its names; what only it referred to goes with the next
    /// [`Store::collect`].
    pub fn remove_list(&self, id: &Digest) -> Result<(), Error> {
        let path = self.list_path(id);
        if !path.exists() {
            return Err(Error::Unknown {
                object: Object::Image,
                word: id.hex(),
            });
        }
        self.discard(&path)?;
        self.reclaim_image_names()
    }
}
