//! Volumes as containers use them: made on first use, filled from the image, removed.

use std::io::Read;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::engine::{Engine, Error};
use crate::rootfs::copy;
use crate::store;
use crate::store::VolumeRecord;
use crate::types::request::{Mount, MountSource};
use crate::types::{ContainerId, ContainerName, ContainerRecord, Timestamp};
use crate::userns;

/// How long a copy-up may take; large volumes are gigabytes.
const COPY_LIMIT: Duration = Duration::from_secs(3600);
/// Between two looks at a lock another command holds.
const PAUSE: Duration = Duration::from_millis(5);

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

    /// Fills new volumes with what the image has where they are mounted.
    pub(crate) fn fill_volumes(
        &self,
        record: &ContainerRecord,
        base: &userns::Base,
    ) -> Result<(), Error> {
        for mount in &record.mounts {
            if let MountSource::Volume(name) = &mount.source {
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
        if !store
            .volume(name)?
            .is_some_and(|volume| volume.needs_copy_up)
        {
            return Ok(());
        }
        let data = store.volume_data(name);
        let _lock = lock(&data)?;
        let Some(mut volume) = store.volume(name)?.filter(|volume| volume.needs_copy_up) else {
            return Ok(());
        };
        let staged = store.stage()?;
        let (copy, view) = (staged.path().join("_data"), staged.path().join("view"));
        for directory in [&copy, &view] {
            std::fs::create_dir(directory).map_err(|e| cannot("make", directory, &e))?;
        }
        let orders = copy::Orders {
            layers: self.layer_paths(record)?,
            path: target.to_owned(),
            staging: view,
        };
        let words = serde_json::to_vec(&orders).map_err(|e| Error::new(e.to_string()))?;
        let orders = crate::sys::memfd::sealed_program(c"orders", &words)?;
        let to = crate::sys::fs::open_directory(&copy)?;
        let (mut said, says) = std::io::pipe().map_err(|e| Error::new(format!("pipe: {e}")))?;
        let passed = [orders.as_fd(), to.as_fd(), says.as_fd()];
        let worker = userns::worker::spawn(Some(base), "copy-up", &passed)?;
        drop(says);
        let mut reason = String::new();
        let _ = said.by_ref().take(4096).read_to_string(&mut reason);
        worker.wait(COPY_LIMIT)?;
        if !reason.is_empty() {
            return Err(Error::new(crate::types::escape::visible(&reason)));
        }
        match std::fs::rename(&copy, &data) {
            Ok(()) => {}
            // Somebody has put files there: they stay, as with Podman.
            Err(error) if error.kind() == std::io::ErrorKind::DirectoryNotEmpty => {}
            Err(error) => return Err(cannot("fill", &data, &error)),
        }
        volume.needs_copy_up = false;
        Ok(store.write_volume(&volume)?)
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

/// The worker's side of a copy-up: orders, the target directory, where to complain.
pub fn copy_up() -> Result<(), Error> {
    let passed = userns::worker::enter()?;
    let [orders, to, says]: [OwnedFd; 3] = passed
        .try_into()
        .map_err(|_| Error::new("copy-up takes three descriptors"))?;
    let mut words = Vec::new();
    let path = format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&orders));
    std::fs::File::open(path)
        .and_then(|mut file| file.read_to_end(&mut words))
        .map_err(|e| Error::new(format!("reading orders: {e}")))?;
    let orders = serde_json::from_slice(&words).map_err(|e| Error::new(e.to_string()))?;
    crate::sys::namespace::leave(crate::sys::namespace::CLONE_NEWNS)?;
    copy::carry_out(&orders, to).map_err(|error| {
        let mut says = std::fs::File::from(says);
        let _ = std::io::Write::write_all(&mut says, error.to_string().as_bytes());
        Error::from(error)
    })
}

/// Locks a volume's directory against others who would fill it.
fn lock(path: &Path) -> Result<OwnedFd, Error> {
    let directory = crate::sys::fs::open_directory(path)?;
    let begin = Instant::now();
    while !crate::sys::fs::try_lock(&directory, crate::sys::fs::Lock::Exclusive)? {
        if begin.elapsed() > COPY_LIMIT {
            return Err(Error::new("another command is still filling it"));
        }
        std::thread::sleep(PAUSE);
    }
    Ok(directory)
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Error {
    Error::new(format!("cannot {what} {}: {error}", path.display()))
}
