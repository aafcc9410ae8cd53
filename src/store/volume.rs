//! Named volumes: a directory of the user's data and a small record beside it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::store::error::passed;
use crate::store::file::{make_shown, names_in, read_json, to_json};
use crate::store::{Error, Object, Store};
use crate::sys;
use crate::sys::fs::Lock;
use crate::types::request::Mount;
use crate::types::{ContainerName, Timestamp};

/// How long a removal, or many creations one after the other, may keep the others waiting.
const LOCK_LIMIT: Duration = Duration::from_secs(60);

/// Keeps the uses of volumes as they are; given back when dropped.
#[derive(Debug)]
pub struct VolumesLock {
    _file: std::fs::File,
}

/// `volumes/<name>/volume.json`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VolumeRecord {
    pub name: ContainerName,
    pub created: Timestamp,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// Made for one container, without a name of the user's.
    #[serde(default)]
    pub anonymous: bool,
    /// What takes the place of the directory: a file system in memory, a directory of the host.
    #[serde(default)]
    pub mount: Option<Mount>,
    /// Of the directory; `None` is the container's user at its first use.
    #[serde(default)]
    pub uid: Option<u32>,
    #[serde(default)]
    pub gid: Option<u32>,
    /// Empty as yet: the directory gets the owner of who uses it.
    #[serde(default)]
    pub needs_chown: bool,
    /// Still to be filled with what the image has at its first mount point.
    #[serde(default)]
    pub needs_copy_up: bool,
    /// An image and a place in it, by their hash, that have nothing for it.
    #[serde(default)]
    pub nothing_at: Option<String>,
}

impl Store {
    fn volume_path(&self, name: &ContainerName) -> PathBuf {
        self.root.join("volumes").join(name.as_str())
    }

    /// Shared by those who begin to use volumes, exclusive for whoever removes one that nobody
    /// uses.
    pub fn lock_volumes(&self, lock: Lock) -> Result<VolumesLock, Error> {
        let path = self.root.join("volumes");
        let file =
            std::fs::File::open(&path).map_err(|error| Error::io("opening", &path, error))?;
        match sys::fs::lock_within(&file, lock, LOCK_LIMIT) {
            Ok(true) => Ok(VolumesLock { _file: file }),
            Ok(false) => Err(Error::Busy {
                what: path.display().to_string(),
                waited: LOCK_LIMIT,
            }),
            Err(error) => Err(Error::sys("locking", &path, error)),
        }
    }

    /// Returns where a volume's data is.
    pub fn volume_data(&self, name: &ContainerName) -> PathBuf {
        self.volume_path(name).join("_data")
    }

    pub fn volume(&self, name: &ContainerName) -> Result<Option<VolumeRecord>, Error> {
        read_json(&self.volume_path(name).join("volume.json"))
    }

    /// Makes an empty volume.
    pub fn create_volume(&self, record: &VolumeRecord) -> Result<PathBuf, Error> {
        let staged = self.stage()?;
        let data = staged.path().join("_data");
        make_shown(&data)?;
        self.replace_durably(&staged.path().join("volume.json"), &to_json(record))?;
        passed("store.volume.staged", &data)?;
        // rename(2) replaces nothing here: a volume's directory is never empty.
        if staged.move_to(&self.volume_path(&record.name))? {
            Ok(self.volume_data(&record.name))
        } else {
            Err(Error::VolumeExists {
                name: record.name.clone(),
            })
        }
    }

    /// Changes a volume's record, such as after the copy-up.
    pub fn write_volume(&self, record: &VolumeRecord) -> Result<(), Error> {
        let path = self.volume_path(&record.name).join("volume.json");
        self.replace_durably(&path, &to_json(record))
    }

    /// Returns every volume, sorted by name.
    pub fn volumes(&self) -> Result<Vec<VolumeRecord>, Error> {
        let mut found = Vec::new();
        for name in names_in(&self.root.join("volumes"))? {
            if let Ok(name) = ContainerName::parse(&name) {
                found.extend(self.volume(&name)?);
            }
        }
        found.sort_by(|a: &VolumeRecord, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// Throws a volume away. The caller has seen that no container uses it.
    pub fn remove_volume(&self, name: &ContainerName) -> Result<(), Error> {
        let path = self.volume_path(name);
        if !path.exists() {
            return Err(Error::Unknown {
                object: Object::Volume,
                word: name.to_string(),
            });
        }
        self.discard(&path)?;
        passed("store.volume.removed", &path)
    }
}
