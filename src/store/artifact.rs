//! Artifacts: files that are kept as the layers of a manifest, under one name each.
//!
//! The record lists the blobs, so that garbage can be found without parsing manifests.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::store::file::{make_private, names_in, read_json, to_json};
use crate::store::{Error, Store};
use crate::types::{Digest, Timestamp};

/// `artifacts/<hash of the name>`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtifactRecord {
    /// Registry, repository and tag or digest.
    pub name: String,
    pub manifest: Digest,
    /// What the manifest names: its config and layers.
    pub blobs: Vec<Digest>,
    /// When it arrived here or was changed last.
    pub arrived: Timestamp,
}

impl Store {
    fn artifact_path(&self, name: &str) -> PathBuf {
        let hash = Digest::of(name.as_bytes()).hex();
        self.root.join("artifacts").join(hash)
    }

    /// Stores made by an earlier version have no folder for them.
    fn artifact_folder(&self) -> Result<(), Error> {
        let folder = self.root.join("artifacts");
        match make_private(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                Err(Error::io("making", &folder, error))
            }
            _ => Ok(()),
        }
    }

    /// Returns every artifact by name; fails when a record is damaged.
    pub fn artifacts(&self) -> Result<Vec<ArtifactRecord>, Error> {
        let mut first = None;
        let found = self.readable_artifacts(&mut |error| {
            first.get_or_insert(error);
        })?;
        first.map_or(Ok(found), Err)
    }

    /// The same, for whoever only looks: `damaged` is told of each record that cannot be read.
    pub fn readable_artifacts(
        &self,
        damaged: &mut dyn FnMut(Error),
    ) -> Result<Vec<ArtifactRecord>, Error> {
        let folder = self.root.join("artifacts");
        let mut found = Vec::new();
        for file in names_in(&folder)? {
            match self.artifact_at(&folder.join(file)) {
                Ok(record) => found.extend(record),
                Err(error @ Error::Damaged { .. }) => damaged(error),
                Err(error) => return Err(error),
            }
        }
        found.sort_by(|a: &ArtifactRecord, b| a.name.cmp(&b.name));
        Ok(found)
    }

    fn artifact_at(&self, path: &Path) -> Result<Option<ArtifactRecord>, Error> {
        let record: Option<ArtifactRecord> = read_json(path)?;
        match record {
            Some(record) if self.artifact_path(&record.name) != path => {
                let reason = format!("it is about {}", record.name);
                Err(Error::damaged(path, reason))
            }
            record => Ok(record),
        }
    }

    /// Returns the artifact of a whole name.
    pub fn artifact(&self, name: &str) -> Result<Option<ArtifactRecord>, Error> {
        self.artifact_at(&self.artifact_path(name))
    }

    /// Writes an artifact's record; what had the name before has it no more.
    pub fn set_artifact(&self, record: &ArtifactRecord) -> Result<(), Error> {
        self.artifact_folder()?;
        self.replace_durably(&self.artifact_path(&record.name), &to_json(record))
    }

    /// Removes an artifact's record; its blobs go with the next [`Store::collect`].
    pub fn remove_artifact(&self, name: &str) -> Result<(), Error> {
        self.discard(&self.artifact_path(name))
    }
}
