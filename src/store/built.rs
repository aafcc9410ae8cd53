//! The cache of builds: what a step gave, under the key of everything it was made from.
//!
//! Only our own builds write here, so no image that somebody made up is ever taken for a step's
//! result (S-96). A power cut may tear a record: then there is none.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::store::file::{names_in, read_json, to_json};
use crate::store::{Error, Store};
use crate::types::{ChainId, DiffId, Digest, Timestamp};

/// `built/<key>`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuiltStep {
    /// All layers up to this step, lowest first.
    pub layers: Vec<DiffId>,
    /// When it was made first: what its history says.
    pub created: Timestamp,
    /// Whether the last of the layers is this step's own.
    pub own_layer: bool,
}

impl BuiltStep {
    /// What it refers to, one line each, as leases write them.
    pub(crate) fn references(&self) -> Vec<String> {
        let chains = ChainId::chain(&self.layers);
        let lines = chains.iter().map(|chain| format!("layer {}", chain.hex()));
        lines.collect()
    }
}

impl Store {
    fn built_dir(&self) -> PathBuf {
        self.root.join("built")
    }

    /// Returns what a step gave, if it was kept.
    pub fn built_step(&self, key: &Digest) -> Result<Option<BuiltStep>, Error> {
        match read_json(&self.built_dir().join(key.hex())) {
            Err(Error::Damaged { .. }) => Ok(None),
            found => found,
        }
    }

    /// Keeps what a step gave; its layers are here.
    pub fn keep_built_step(&self, key: &Digest, step: &BuiltStep) -> Result<(), Error> {
        let folder = self.built_dir();
        match DirBuilder::new().mode(0o700).create(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                return Err(Error::io("making", &folder, error));
            }
            _ => {}
        }
        self.replace(&folder.join(key.hex()), &to_json(step))
    }

    /// Returns every step that was kept.
    pub fn built_steps(&self) -> Result<Vec<BuiltStep>, Error> {
        let folder = self.built_dir();
        let mut steps = Vec::new();
        for name in names_in(&folder)? {
            // One that is torn or went away is none.
            if let Ok(Some(step)) = read_json(&folder.join(name)) {
                steps.push(step);
            }
        }
        Ok(steps)
    }

    /// Forgets every step; returns how many there were. Layers that nobody else needs are garbage.
    pub fn forget_built_steps(&self) -> Result<usize, Error> {
        let folder = self.built_dir();
        let mut gone = 0;
        for name in names_in(&folder)? {
            self.discard(&folder.join(name))?;
            gone += 1;
        }
        Ok(gone)
    }
}
