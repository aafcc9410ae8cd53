//! Volumes as containers use them: made on first use, filled from the image, removed. The verbs
//! about volumes are beside.

mod transfer;
mod verbs;

pub use verbs::{Volume, VolumeRequest};

use std::os::fd::OwnedFd;
use std::path::Path;
use std::time::Duration;

use crate::engine::orders;
use crate::engine::tree::is_in_use;
use crate::engine::{Engine, Error};
use crate::rootfs::copy::{self, Found};
use crate::spec::user::Resolved;
use crate::store;
use crate::store::VolumeRecord;
use crate::sys::failpoint::hit;
use crate::sys::fs::{Lock, lock_within};
use crate::types::request::{Mount, MountSource};
use crate::types::{ContainerId, ContainerName, ContainerRecord, Digest, Event, Timestamp};
use crate::userns;

/// How long a copy-up may take; large volumes are gigabytes.
const COPY_LIMIT: Duration = Duration::from_secs(3600);
/// A worker's word: the image has no directory there.
const NOTHING: &str = "nothing";

impl Engine {
    /// Makes the volumes of a container that are not there: named ones on first use.
    ///
    /// After the container: what refers to nothing yet is no stray.
    pub(crate) fn make_volumes(&self, record: &ContainerRecord) -> Result<(), Error> {
        for mount in &record.mounts {
            if let MountSource::Volume(name) = &mount.source {
                let anonymous = record.anonymous_volumes.contains(name);
                self.make_volume(name, anonymous, !mount.no_copy)?;
            }
        }
        Ok(())
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
            mount: None,
            uid: None,
            gid: None,
            needs_chown: true,
            needs_copy_up: copy,
            nothing_at: None,
        };
        match store.create_volume(&record) {
            // Another command made it just now.
            Err(store::Error::VolumeExists { .. }) => Ok(()),
            other => {
                other?;
                self.record(Event::volume("create", record.name.as_str()));
                Ok(())
            }
        }
    }

    /// Fills new volumes with what the image has where they are mounted.
    pub(crate) fn fill_volumes(
        &self,
        record: &ContainerRecord,
        base: &userns::Base,
    ) -> Result<(), Error> {
        // Those that a killed command did not come to.
        self.make_volumes(record)?;
        for mount in &record.mounts {
            if let MountSource::Volume(name) = &mount.source
                && !mount.no_copy
            {
                let name = ContainerName::parse(name).map_err(|e| Error::new(e.to_string()))?;
                self.fill_volume(record, base, &name, &mount.target)
                    .map_err(|error| {
                        error.while_doing(format!("copying {} into volume {name}", mount.target))
                    })?;
            }
        }
        Ok(())
    }

    /// Copies into a directory beside, then puts that into the volume's place: a copy that was
    /// interrupted, or a volume somebody has written into, is left as it is.
    fn fill_volume(
        &self,
        record: &ContainerRecord,
        base: &userns::Base,
        name: &ContainerName,
        target: &str,
    ) -> Result<(), Error> {
        let store = self.store()?;
        // A directory of the user's may have something tomorrow.
        let sought = record
            .root_in_place()
            .is_none()
            .then(|| sought(record, target));
        let wants = |volume: &VolumeRecord| {
            let known = sought.is_some() && volume.nothing_at == sought;
            volume.needs_copy_up && volume.mount.is_none() && !known
        };
        if !store.volume(name)?.is_some_and(|volume| wants(&volume)) {
            return Ok(());
        }
        let data = store.volume_data(name);
        // Not the data itself: that may be closed to us once it has the image's owner.
        let _lock = lock(data.parent().unwrap_or(&data))?;
        let Some(mut volume) = store.volume(name)?.filter(|volume| volume.needs_copy_up) else {
            return Ok(());
        };
        if is_filled(&data) == Some(true) {
            volume.needs_copy_up = false;
            return Ok(store.write_volume(&volume)?);
        }
        // Whoever has it now would keep the directory that makes way.
        if self.is_running_elsewhere(record, name)? {
            return Ok(());
        }
        let staged = store.stage()?;
        let (copy, view) = (staged.path().join("_data"), staged.path().join("view"));
        for directory in [&copy, &view] {
            store::make_shown(directory)?;
        }
        let layers = match record.root_in_place() {
            Some(root) => vec![root.to_owned()],
            None => self.layer_paths(record)?,
        };
        let server = match record.request.rootfs {
            None => self.reading_server(&layers)?,
            Some(_) => None,
        };
        let orders = copy::Orders {
            layers,
            server: server.map(|server| (server.argv, server.directory)),
            path: target.to_owned(),
            staging: view,
            copy: copy.clone(),
            place: data,
            maps: record.ids.clone().filter(|_| !base.single),
        };
        let to = crate::sys::fs::open_directory(&copy)?;
        match self
            .ask_worker(base, "copy-up", &orders, &to, COPY_LIMIT)?
            .as_str()
        {
            "" => {}
            // Another place, or another image, may have something for it.
            NOTHING => {
                volume.nothing_at = sought;
                return Ok(store.write_volume(&volume)?);
            }
            reason => return Err(self.worker_failed(reason)),
        }
        hit("engine.volume.filled")?;
        volume.needs_copy_up = false;
        volume.needs_chown = false;
        Ok(store.write_volume(&volume)?)
    }

    fn is_running_elsewhere(
        &self,
        record: &ContainerRecord,
        name: &ContainerName,
    ) -> Result<bool, Error> {
        let mut users = self.users_of_volume(name)?;
        users.retain(|id| *id != record.id);
        Ok(users.iter().any(|id| {
            let user = self.container(id.as_str());
            user.is_ok_and(|user| is_in_use(user.status))
        }))
    }

    /// Removes the volumes that were made for this container alone.
    pub(crate) fn remove_anonymous_volumes(&self, record: &ContainerRecord) -> Result<(), Error> {
        if record.anonymous_volumes.is_empty() {
            return Ok(());
        }
        let store = self.store()?;
        let _lock = store.lock_volumes(Lock::Exclusive)?;
        for name in &record.anonymous_volumes {
            let name = ContainerName::parse(name).map_err(|error| Error::new(error.to_string()))?;
            // Another container has it by --volumes-from.
            if self
                .users_of_volume(&name)?
                .iter()
                .any(|id| *id != record.id)
            {
                continue;
            }
            match store.remove_volume(&name) {
                Err(store::Error::Unknown { .. }) => {}
                other => {
                    other?;
                    self.record(Event::volume("remove", name.as_str()));
                }
            }
        }
        Ok(())
    }
}

impl Engine {
    /// Replaces volumes that are no directories by what they are.
    pub(crate) fn with_volumes(&self, record: &mut ContainerRecord) -> Result<(), Error> {
        for mount in &mut record.mounts {
            let MountSource::Volume(name) = &mount.source else {
                continue;
            };
            let name = ContainerName::parse(name).map_err(|e| Error::new(e.to_string()))?;
            let Some(volume) = self.store()?.volume(&name)? else {
                continue;
            };
            let Some(form) = volume.mount else { continue };
            mount.source = form.source;
            mount.read_only |= form.read_only;
            mount.no_exec |= form.no_exec;
            mount.no_suid |= form.no_suid;
            mount.no_dev |= form.no_dev;
            mount.no_atime |= form.no_atime;
        }
        Ok(())
    }

    /// Gives empty volumes to whoever uses them first; what the image has at the place comes
    /// with its own owners.
    pub(crate) fn give_volumes(
        &self,
        record: &ContainerRecord,
        user: &Resolved,
        base: &userns::Base,
    ) -> Result<(), Error> {
        let store = self.store()?;
        for mount in &record.mounts {
            let MountSource::Volume(name) = &mount.source else {
                continue;
            };
            let name = ContainerName::parse(name).map_err(|e| Error::new(e.to_string()))?;
            let Some(mut volume) = store.volume(&name)? else {
                continue;
            };
            if !volume.needs_chown || volume.mount.is_some() {
                continue;
            }
            let data = store.volume_data(&name);
            // What cannot be looked into has got an owner already.
            if is_filled(&data) == Some(false) {
                let is_ours = record.ids.is_none() && (user.uid, user.gid) == (0, 0);
                if !is_ours && !base.single {
                    self.give(record, base, &data, user.uid, user.gid)?;
                }
                continue;
            }
            volume.needs_chown = false;
            store.write_volume(&volume)?;
        }
        Ok(())
    }
}

/// The worker's side of a copy-up: orders, the target directory, where to complain.
pub fn copy_up() -> Result<(), Error> {
    let (orders, to, says) = orders::taken::<copy::Orders>()?;
    crate::sys::namespace::leave(crate::sys::namespace::CLONE_NEWNS)?;
    let copied = copy::carry_out(&orders, to)
        .and_then(|found| hit("engine.copyup.done").map(|()| found))
        .map_err(Error::from);
    let done = copied.and_then(|found| match found {
        Found::Nothing => Ok(found),
        Found::Empty | Found::Files => put_in_place(&orders).map(|()| found),
    });
    match done {
        Ok(Found::Nothing) => says.say(NOTHING),
        Ok(_) => Ok(()),
        Err(error) => says.fail(error),
    }
}

/// Makes the copy the volume's content, in U0: a directory can only be moved elsewhere by
/// somebody who may write to it (rename(2), EACCES), and it has the owner it has in the image.
fn put_in_place(orders: &copy::Orders) -> Result<(), Error> {
    match std::fs::rename(&orders.copy, &orders.place) {
        // Somebody has put files there: they stay, as with Podman.
        Err(error) if error.kind() == std::io::ErrorKind::DirectoryNotEmpty => Ok(()),
        other => other.map_err(|error| Error::file("filling", &orders.place, error)),
    }
}

/// Gives anonymous volumes their names; returns those.
pub(crate) fn name_volumes(mounts: &mut [Mount]) -> Result<Vec<String>, Error> {
    let mut anonymous = Vec::new();
    for mount in mounts {
        if mount.source == MountSource::Anonymous {
            let mut bytes = [0; 32];
            crate::sys::fs::random(&mut bytes)?;
            let name = ContainerId::from_random(bytes).to_string();
            anonymous.push(name.clone());
            mount.source = MountSource::Volume(name);
        }
    }
    Ok(anonymous)
}

/// What of which image would fill a volume.
fn sought(record: &ContainerRecord, target: &str) -> String {
    let words = format!("{} {target}", record.layers.join(" "));
    Digest::of(words.as_bytes()).hex()
}

/// Whether there is something in a directory; `None` when we may not look.
fn is_filled(directory: &Path) -> Option<bool> {
    let mut names = std::fs::read_dir(directory).ok()?;
    Some(names.next().is_some())
}

/// Locks a volume's directory against others who would fill it.
fn lock(path: &Path) -> Result<OwnedFd, Error> {
    let directory = crate::sys::fs::open_directory(path)?;
    match lock_within(&directory, Lock::Exclusive, COPY_LIMIT)? {
        true => Ok(directory),
        false => Err(Error::new("another command is still filling it")),
    }
}
