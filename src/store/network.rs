//! Networks that users define: one small file each.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::time::Duration;

use crate::store::file::{names_in, read_json, to_json};
use crate::store::{Error, Object, Store};
use crate::sys::fs::{Lock, lock_within};
use crate::types::ContainerName;
use crate::types::network::NetworkRecord;

/// Fifty containers that join one after the other take less, on a slow machine too.
const LOCK_LIMIT: Duration = Duration::from_secs(600);

/// Nobody else changes networks, or who is on them; given back when dropped.
#[derive(Debug)]
pub struct NetworksLock {
    _file: std::fs::File,
}

impl Store {
    fn networks_dir(&self) -> Result<PathBuf, Error> {
        let path = self.root.join("networks");
        match DirBuilder::new().mode(0o700).create(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                Err(Error::io("making", &path, error))
            }
            _ => Ok(path),
        }
    }

    fn network_path(&self, name: &ContainerName) -> Result<PathBuf, Error> {
        Ok(self.networks_dir()?.join(format!("{name}.json")))
    }

    /// Waits until nobody else changes networks.
    pub fn lock_networks(&self) -> Result<NetworksLock, Error> {
        let path = self.networks_dir()?;
        let file =
            std::fs::File::open(&path).map_err(|error| Error::io("opening", &path, error))?;
        match lock_within(&file, Lock::Exclusive, LOCK_LIMIT) {
            Ok(true) => Ok(NetworksLock { _file: file }),
            Ok(false) => Err(Error::Busy {
                what: path.display().to_string(),
                waited: LOCK_LIMIT,
            }),
            Err(error) => Err(Error::sys("locking", &path, error)),
        }
    }

    /// Returns every network that was made, sorted by name.
    pub fn networks(&self) -> Result<Vec<NetworkRecord>, Error> {
        let folder = self.networks_dir()?;
        let mut found: Vec<NetworkRecord> = Vec::new();
        for name in names_in(&folder)? {
            if name.ends_with(".json") {
                found.extend(read_json(&folder.join(name))?);
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    /// Keeps a network; one of its name is replaced.
    pub fn write_network(&self, name: &ContainerName, record: &NetworkRecord) -> Result<(), Error> {
        let path = self.network_path(name)?;
        self.replace_durably(&path, &to_json(record))
    }

    /// Forgets a network that nobody is on.
    pub fn remove_network(&self, name: &ContainerName) -> Result<(), Error> {
        let path = self.network_path(name)?;
        match std::fs::remove_file(&path) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Error::Unknown {
                object: Object::Network,
                word: name.to_string(),
            }),
            Err(error) => Err(Error::io("removing", &path, error)),
        }
    }
}
