//! Names of containers: one small file each, made exclusively, holding the id.
//!
//! A rename reserves the new name, writes it down, then gives the old one back. Killed in
//! between, both files lead to the container; which name it bears is in its record, and the
//! other is free for whoever asks for it.

use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use crate::store::claim::is_still_at;
use crate::store::container::MAX_LOCK_WAIT;
use crate::store::error::passed;
use crate::store::file::{names_in, read_small, to_json};
use crate::store::stage::lock_directory;
use crate::store::{ContainerLock, Error, Store};
use crate::sys;
use crate::sys::fs::Lock;
use crate::sys::open::open_to_lock;
use crate::types::{ContainerId, ContainerName, ContainerRecord};

const PAUSE: Duration = Duration::from_millis(5);

impl Store {
    pub(crate) fn container_name_path(&self, name: &str) -> PathBuf {
        self.root.join("containers/names").join(name)
    }

    /// Takes a name; one whose container is neither in place nor in the making is free.
    pub(crate) fn reserve_name(
        &self,
        name: &ContainerName,
        id: &ContainerId,
        durably: bool,
    ) -> Result<(), Error> {
        let path = self.container_name_path(name.as_str());
        let begin = Instant::now();
        loop {
            if self.create(&path, id.as_str().as_bytes(), durably)? {
                return Ok(());
            }
            let file = match open_to_lock(&path) {
                Ok(file) => file,
                // Given up just now.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(Error::io("opening", &path, error)),
            };
            // Whoever takes over a dead command's name does so under the lock of its file.
            let locked = sys::fs::try_lock(&file, Lock::Exclusive)
                .map_err(|error| Error::sys("locking", &path, error))?;
            let holder = self.name_holder(name.as_str())?;
            if let Some(by) = holder.filter(|by| self.bears(by, name.as_str())) {
                return Err(Error::NameTaken {
                    name: name.clone(),
                    by,
                });
            }
            if locked && is_still_at(&file, &path) {
                self.discard(&path)?;
            } else if begin.elapsed() > MAX_LOCK_WAIT {
                return Err(Error::Busy {
                    what: format!("the name {name}"),
                    waited: begin.elapsed(),
                });
            } else {
                thread::sleep(PAUSE);
            }
        }
    }

    fn is_there_or_coming(&self, id: &ContainerId) -> bool {
        let coming = self.tmp().join(format!("container-{id}"));
        let alive = coming.exists() && !matches!(lock_directory(&coming), Ok(Some(_)));
        // Looked at last: what was coming may have arrived meanwhile.
        alive || self.container_dir(id).exists()
    }

    /// Whether a name is a container's: in the making, being renamed, or written down.
    pub(crate) fn bears(&self, id: &ContainerId, name: &str) -> bool {
        if !self.container_dir(id).exists() {
            return self.is_there_or_coming(id);
        }
        let written = || self.container(id).map(|record| record.name);
        if written().is_ok_and(|its| its.as_str() == name) {
            return true;
        }
        // A rename holds the container's lock; looked at again when nobody does.
        let path = self.container_dir(id).join("lock");
        let Ok(file) = open_to_lock(&path) else {
            return self.is_there_or_coming(id);
        };
        match sys::fs::try_lock(&file, Lock::Shared) {
            Ok(true) => match written() {
                Ok(its) => its.as_str() == name,
                Err(_) => self.container_dir(id).exists(),
            },
            _ => true,
        }
    }

    /// Frees names whose container is neither in place nor in the making.
    pub(crate) fn reclaim_names(&self) -> Result<(), Error> {
        for name in names_in(&self.root.join("containers/names"))? {
            let path = self.container_name_path(&name);
            let file = match open_to_lock(&path) {
                Ok(file) => file,
                Err(error) => {
                    // Given up just now, or a link that nobody of us has made.
                    if error.raw_os_error() == Some(sys::fs::ELOOP) {
                        self.discard(&path)?;
                    }
                    continue;
                }
            };
            // Whoever takes over a dead command's name does so under the lock of its file.
            let locked = sys::fs::try_lock(&file, Lock::Exclusive)
                .map_err(|error| Error::sys("locking", &path, error))?;
            let holder = self.name_holder(&name)?;
            let used = holder.is_some_and(|id| self.bears(&id, &name));
            if !used && locked && is_still_at(&file, &path) {
                self.discard(&path)?;
            }
        }
        self.restore_names()
    }

    pub(crate) fn name_holder(&self, name: &str) -> Result<Option<ContainerId>, Error> {
        let bytes = match read_small(&self.container_name_path(name)) {
            Err(Error::Damaged { .. }) => None,
            found => found?,
        };
        Ok(bytes
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .and_then(|text| ContainerId::try_from(text).ok()))
    }

    /// Whether there is a file of that name that leads to no container.
    pub(crate) fn is_name_damaged(&self, name: &str) -> bool {
        let path = self.container_name_path(name);
        ContainerName::parse(name).is_ok()
            && path.symlink_metadata().is_ok()
            && matches!(self.name_holder(name), Ok(None))
    }

    /// Reserves again the names of containers whose files were damaged or lost.
    ///
    /// One that was removed or renamed meanwhile does not bear the name: it is free again.
    fn restore_names(&self) -> Result<(), Error> {
        for entry in self.containers()? {
            let Ok(record) = entry.record() else { continue };
            let path = self.container_name_path(record.name.as_str());
            if path.symlink_metadata().is_err() {
                self.create(&path, record.id.as_str().as_bytes(), false)?;
            }
        }
        Ok(())
    }

    /// Gives a name back, if it is this container's.
    pub(crate) fn release_name(&self, name: &ContainerName, id: &ContainerId) -> Result<(), Error> {
        if self.name_holder(name.as_str())?.as_ref() == Some(id) {
            self.discard(&self.container_name_path(name.as_str()))?;
        }
        Ok(())
    }

    /// Whether a container of this name exists; for the choice of a random name.
    pub fn is_name_taken(&self, name: &ContainerName) -> bool {
        self.container_name_path(name.as_str()).exists()
    }

    /// Gives a container another name; the caller holds its lock.
    pub fn rename_container(
        &self,
        _lock: &ContainerLock,
        record: &ContainerRecord,
        name: &ContainerName,
    ) -> Result<(), Error> {
        if *name == record.name {
            return Ok(());
        }
        let path = self.container_dir(&record.id).join("container.json");
        // Under the lock, a name that leads here is what a killed rename had reserved.
        if self.name_holder(name.as_str())?.as_ref() != Some(&record.id) {
            self.reserve_name(name, &record.id, true)?;
        }
        passed("store.name.reserved", &path)?;
        let renamed = ContainerRecord {
            name: name.clone(),
            ..record.clone()
        };
        if let Err(error) = self.replace_durably(&path, &to_json(&renamed)) {
            self.release_name(name, &record.id)?;
            return Err(error);
        }
        passed("store.name.written", &path)?;
        self.release_name(&record.name, &record.id)
    }
}
