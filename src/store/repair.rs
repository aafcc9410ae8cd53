//! Taking away what is damaged, so that it can be fetched again.

use std::time::UNIX_EPOCH;

use crate::store::check::is_name_file;
use crate::store::error::passed;
use crate::store::file::{make_shown, to_json};
use crate::store::stage::lock_directory;
use crate::store::{Error, Store, VolumeRecord};
use crate::types::{ChainId, ContainerName, Digest, Timestamp};

impl Store {
    /// Throws a damaged layer away; false while something refers to it.
    pub fn remove_damaged_layer(&self, chain: &ChainId) -> Result<bool, Error> {
        let path = self.layer_path(chain);
        let Some(_lock) = lock_directory(&path)? else {
            return Ok(!path.exists());
        };
        // A record that cannot be read may refer to anything.
        let line = format!("layer {}", chain.hex());
        if self.references().is_ok_and(|used| !used.contains(&line)) {
            passed("store.layer.condemned", &path)?;
            self.discard(&path)?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Throws away a file of an image or an artifact that cannot be read, and the names that
    /// lead to it.
    pub fn remove_damaged_file(&self, path: &std::path::Path) -> Result<(), Error> {
        self.discard(path)?;
        let hex = path.file_name().and_then(|name| name.to_str());
        let manifest = hex.and_then(|hex| Digest::parse_hex(hex).ok());
        match manifest.filter(|_| !is_name_file(path)) {
            Some(_) => self.reclaim_image_names(),
            None => Ok(()),
        }
    }

    /// Gives a volume back what is missing beside its data, or an empty directory for data.
    pub fn repair_volume(&self, name: &ContainerName) -> Result<(), Error> {
        let data = self.volume_data(name);
        if !data.exists() {
            make_shown(&data)?;
        }
        if matches!(self.volume(name), Ok(Some(_))) {
            return Ok(());
        }
        let changed = data.metadata().and_then(|facts| facts.modified()).ok();
        let age = changed.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let record = serde_json::json!({
            "name": name,
            "created": age.map_or_else(Timestamp::now, |age| Timestamp(age.as_nanos() as i128)),
        });
        let record: VolumeRecord =
            serde_json::from_slice(&to_json(&record)).map_err(|error| Error::Damaged {
                path: data,
                reason: error.to_string(),
            })?;
        self.write_volume(&record)
    }
}
