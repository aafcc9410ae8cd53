//! `volume create`, `ls`, `rm`, `prune`, `exists`, `mount`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::engine::views::{Container, RemoveRequest};
use crate::engine::{Engine, Error, Kind};
use crate::store;
use crate::store::{Object, VolumeRecord};
use crate::sys::fs::Lock;
use crate::types::request::{Mount, MountSource};
use crate::types::{ContainerId, ContainerName, ContainerRecord, Event, Status, Timestamp};

/// `volume create`
#[derive(Debug, Clone, Default)]
pub struct VolumeRequest {
    /// `None`: a random one.
    pub name: Option<ContainerName>,
    pub labels: BTreeMap<String, String>,
    /// As typed, for `inspect`.
    pub options: BTreeMap<String, String>,
    /// What they make of the volume, when that is no directory of its own.
    pub mount: Option<Mount>,
    pub uid: Option<u32>,
    pub gid: Option<u32>,
    /// `--opt nocopy`: what the image has at the place does not come into it.
    pub no_copy: bool,
    /// `--ignore`: one that is there already is as good.
    pub ignore: bool,
}

/// A volume and who uses it.
#[derive(Debug, Clone)]
pub struct Volume {
    pub record: VolumeRecord,
    pub mountpoint: PathBuf,
    /// Containers, running or not.
    pub users: Vec<ContainerId>,
    /// How many of them run.
    pub running: usize,
}

impl Engine {
    /// Makes a volume; returns its name.
    pub fn create_volume(&self, request: &VolumeRequest) -> Result<String, Error> {
        let store = self.store()?;
        let name = match &request.name {
            Some(name) => name.clone(),
            None => {
                let mut bytes = [0; 32];
                crate::sys::fs::random(&mut bytes)?;
                ContainerName::parse(ContainerId::from_random(bytes).as_str())
                    .map_err(|error| Error::new(error.to_string()))?
            }
        };
        let record = VolumeRecord {
            name: name.clone(),
            created: Timestamp::now(),
            labels: request.labels.clone(),
            options: request.options.clone(),
            anonymous: request.name.is_none(),
            mount: request.mount.clone(),
            uid: request.uid,
            gid: request.gid,
            needs_chown: request.mount.is_none() && (request.uid, request.gid) == (None, None),
            needs_copy_up: request.mount.is_none() && !request.no_copy,
            nothing_at: None,
        };
        if request.ignore && store.volume(&name)?.is_some() {
            return Ok(name.to_string());
        }
        let data = match self.with_space(|| Ok(store.create_volume(&record)))? {
            Err(store::Error::VolumeExists { .. }) if request.ignore => {
                return Ok(name.to_string());
            }
            other => other?,
        };
        if let (None, (uid, gid)) = (&request.mount, (request.uid, request.gid))
            && (uid, gid) != (None, None)
            && let Err(error) = self.own(&data, uid.unwrap_or(0), gid.unwrap_or(0))
        {
            let _ = store.remove_volume(&name);
            return Err(error.while_doing(format!("giving volume {name} its owner")));
        }
        self.record(Event::volume("create", name.as_str()));
        Ok(name.to_string())
    }

    /// Gives the directory of a new volume to ids of U0.
    fn own(&self, data: &std::path::Path, uid: u32, gid: u32) -> Result<(), Error> {
        use crate::rootfs::chown::Orders;
        let top = crate::sys::fs::open_handle(data)?;
        let orders = Orders { uid, gid };
        let limit = std::time::Duration::from_secs(60);
        match self
            .ask_worker(self.base()?, "chown", &orders, &top, limit)?
            .as_str()
        {
            "" => Ok(()),
            reason => Err(self.worker_failed(reason)),
        }
    }

    /// Lists all volumes by name.
    pub fn volumes(&self) -> Result<Vec<Volume>, Error> {
        let containers = self.containers()?;
        let records = self.store()?.volumes()?;
        records
            .into_iter()
            .map(|record| self.with_users(record, &containers))
            .collect()
    }

    /// Finds a volume by its name or the beginning of one.
    pub fn volume(&self, word: &str) -> Result<Volume, Error> {
        let record = self.volume_record(word)?;
        self.with_users(record, &self.containers()?)
    }

    fn volume_record(&self, word: &str) -> Result<VolumeRecord, Error> {
        let store = self.store()?;
        if let Ok(name) = ContainerName::parse(word)
            && let Some(record) = store.volume(&name)?
        {
            return Ok(record);
        }
        let mut found = store.volumes()?;
        found.retain(|record| !word.is_empty() && record.name.as_str().starts_with(word));
        let word = word.to_owned();
        let object = Object::Volume;
        match found.len() {
            0 => Err(store::Error::Unknown { object, word }.into()),
            1 => Ok(found.remove(0)),
            _ => {
                let found = found.iter().map(|record| record.name.to_string()).collect();
                Err(store::Error::Ambiguous {
                    object,
                    word,
                    found,
                }
                .into())
            }
        }
    }

    fn with_users(&self, record: VolumeRecord, containers: &[Container]) -> Result<Volume, Error> {
        let users: Vec<&Container> = containers
            .iter()
            .filter(|c| uses(&c.record, &record.name))
            .collect();
        Ok(Volume {
            mountpoint: self.store()?.volume_data(&record.name),
            users: users.iter().map(|c| c.record.id.clone()).collect(),
            running: users
                .iter()
                .filter(|c| matches!(c.status, Status::Running | Status::Paused))
                .count(),
            record,
        })
    }

    /// The containers that have a volume, as they are written down: looking at what runs could
    /// want a lock that the caller holds.
    pub(crate) fn users_of_volume(&self, name: &ContainerName) -> Result<Vec<ContainerId>, Error> {
        let mut users = Vec::new();
        for entry in self.store()?.containers()? {
            let record = entry.record()?;
            if uses(&record, name) {
                users.push(record.id.clone());
            }
        }
        Ok(users)
    }

    /// Removes a volume that no container has; with `force` the containers first.
    ///
    /// `timeout` is what their processes get to end, in seconds.
    pub fn remove_volume(
        &self,
        word: &str,
        force: bool,
        timeout: Option<u32>,
    ) -> Result<String, Error> {
        let name = self.volume_record(word)?.name;
        if force {
            let request = RemoveRequest {
                force: true,
                timeout,
                ..RemoveRequest::default()
            };
            for id in self.users_of_volume(&name)? {
                match self.remove(id.as_str(), &request) {
                    Err(error) if error.kind != Kind::NoSuchObject => return Err(error),
                    _ => {}
                }
            }
        }
        self.remove_unused_volume(&name)?;
        self.record(Event::volume("remove", name.as_str()));
        self.sweep_later();
        Ok(name.to_string())
    }

    /// Removes a volume for `prune`; false when somebody uses it by now.
    pub fn prune_volume(&self, name: &ContainerName) -> Result<bool, Error> {
        match self.remove_unused_volume(name) {
            Err(error) if matches!(error.kind, Kind::InUse | Kind::NoSuchObject) => Ok(false),
            Err(error) => Err(error),
            Ok(()) => {
                self.record(Event::volume("prune", name.as_str()));
                self.sweep_later();
                Ok(true)
            }
        }
    }

    fn remove_unused_volume(&self, name: &ContainerName) -> Result<(), Error> {
        let store = self.store()?;
        let _lock = store.lock_volumes(Lock::Exclusive)?;
        let users = self.users_of_volume(name)?;
        if !users.is_empty() {
            let ids: Vec<&str> = users.iter().map(ContainerId::as_str).collect();
            return Err(Error::of(
                Kind::InUse,
                format!(
                    "volume {name} is being used by the following container(s): {}: volume is \
                     being used",
                    ids.join(", ")
                ),
            ));
        }
        crate::sys::failpoint::hit("engine.volume.unused")?;
        Ok(store.remove_volume(name)?)
    }

    /// Where a volume's files are, for those who may see them: inside of `unshare`.
    pub fn mount_volume(&self, word: &str) -> Result<PathBuf, Error> {
        let record = self.volume_record(word)?;
        self.needed_session("volume mount")?;
        match record.mount.map(|mount| mount.source) {
            None => Ok(self.store()?.volume_data(&record.name)),
            Some(MountSource::Bind(path)) => Ok(path),
            Some(_) => Err(Error::new(format!(
                "volume {} is in memory: each container has its own",
                record.name
            ))),
        }
    }

    /// Forgets nothing, since mounting did nothing; the volume must be there.
    pub fn unmount_volume(&self, word: &str) -> Result<(), Error> {
        self.volume_record(word)?;
        self.needed_session("volume unmount").map(drop)
    }
}

fn uses(record: &ContainerRecord, name: &ContainerName) -> bool {
    let mounts = record.mounts.iter();
    mounts
        .map(|mount| &mount.source)
        .any(|source| match source {
            MountSource::Volume(used) => used == name.as_str(),
            _ => false,
        })
        || record
            .anonymous_volumes
            .iter()
            .any(|used| used == name.as_str())
}
