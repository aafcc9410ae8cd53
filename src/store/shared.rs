//! Files that layers have in common and the disk has once: how much that saves.
//!
//! They are joined by `layer/dedupe.rs` before a layer is put in its place. Each layer's file
//! `shared` says with which older ones it has how much in common. As long as one of those is
//! here, the bytes are not its own; when all have gone, they are.

use std::time::SystemTime;

use crate::store::file::read_json;
use crate::store::{Error, Store};
use crate::types::ChainId;
use crate::types::shared::SharedFiles;

/// In a layer.
const RECORD: &str = "shared";

/// What the disk does not have twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saved {
    pub files: u64,
    /// Bytes on the disk.
    pub bytes: u64,
}

impl Store {
    /// Returns what is saved in all layers together.
    pub fn saved(&self) -> Result<Saved, Error> {
        let mut all = Saved::default();
        for chain in self.layers()? {
            let one = self.saved_in(&chain)?;
            all.files += one.files;
            all.bytes += one.bytes;
        }
        Ok(all)
    }

    /// Returns what of one layer others that are here had before.
    pub fn saved_in(&self, chain: &ChainId) -> Result<Saved, Error> {
        let record = match read_json::<Vec<SharedFiles>>(&self.layer_path(chain).join(RECORD)) {
            Ok(record) => record.unwrap_or_default(),
            // It is only about sums.
            Err(Error::Damaged { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        let layers = self.root().join("layers");
        let here = |shared: &&SharedFiles| shared.with.iter().any(|hex| layers.join(hex).exists());
        let mut saved = Saved::default();
        for shared in record.iter().filter(here) {
            saved.files += shared.files;
            saved.bytes += shared.bytes;
        }
        Ok(saved)
    }

    /// Returns the layers that came last, at most `count`; the newest first.
    pub fn newest_layers(&self, count: usize) -> Result<Vec<ChainId>, Error> {
        let mut layers: Vec<(SystemTime, ChainId)> = Vec::new();
        for chain in self.layers()? {
            let time = std::fs::metadata(self.layer_path(&chain)).and_then(|f| f.modified());
            layers.extend(time.ok().map(|time| (time, chain)));
        }
        layers.sort_by(|a, b| b.cmp(a));
        layers.truncate(count);
        Ok(layers.into_iter().map(|(_, chain)| chain).collect())
    }
}
