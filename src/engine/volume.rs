//! Volumes as containers use them: made on first use, filled from the image, removed.

use crate::engine::{Engine, Error};
use crate::store;
use crate::store::VolumeRecord;
use crate::types::request::{Mount, MountSource};
use crate::types::{ContainerId, ContainerName, ContainerRecord, Timestamp};

impl Engine {
    /// Gives anonymous volumes their names and makes named ones on first use; the names of
    /// the anonymous ones.
    pub(crate) fn settle_volumes(&self, mounts: &mut [Mount]) -> Result<Vec<String>, Error> {
        let mut anonymous = Vec::new();
        for mount in mounts {
            let copy = !mount.no_copy;
            match &mount.source {
                MountSource::Anonymous => {
                    let mut bytes = [0; 32];
                    crate::sys::fs::random(&mut bytes)?;
                    let name = ContainerId::from_random(bytes).to_string();
                    self.make_volume(&name, true, copy)?;
                    anonymous.push(name.clone());
                    mount.source = MountSource::Volume(name);
                }
                MountSource::Volume(name) => self.make_volume(name, false, copy)?,
                _ => {}
            }
        }
        Ok(anonymous)
    }

    fn make_volume(&self, name: &str, anonymous: bool, copy: bool) -> Result<(), Error> {
        let name = ContainerName::parse(name).map_err(|error| Error::new(error.to_string()))?;
        let store = self.store()?;
        if store.volume(&name)?.is_some() {
            return Ok(());
        }
        let record = VolumeRecord {
            name,
            created: Timestamp::now(),
            labels: Default::default(),
            options: Default::default(),
            anonymous,
            needs_copy_up: copy,
        };
        match store.create_volume(&record) {
            // Another command made it just now.
            Err(store::Error::VolumeExists { .. }) => Ok(()),
            other => Ok(other.map(drop)?),
        }
    }

    /// Removes the volumes that were made for this container alone.
    pub(crate) fn remove_anonymous_volumes(&self, record: &ContainerRecord) -> Result<(), Error> {
        let store = self.store()?;
        for name in &record.anonymous_volumes {
            let name = ContainerName::parse(name).map_err(|error| Error::new(error.to_string()))?;
            match store.remove_volume(&name) {
                Err(store::Error::Unknown { .. }) => {}
                other => other?,
            }
        }
        Ok(())
    }
}
