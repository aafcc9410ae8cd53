//! restart: stop, then start, as one act where the container would go in between.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::engine::views::{Container, StartMode};
use crate::engine::{Engine, Error};
use crate::types::Status;

impl Engine {
    /// Starts a container again; `timeout` in seconds as with `stop`.
    ///
    /// With `--rm` the container's lock is held all the while: who comes to remove it after the
    /// exit waits, and then sees that it runs.
    pub fn restart(&self, name: &str, timeout: Option<u32>) -> Result<(), Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let id = container.record.id.as_str();
        if !matches!(
            container.status,
            Status::Running | Status::Stopping | Status::Paused
        ) {
            return self.start(id, StartMode::Detached).map(drop);
        }
        if container.record.request.remove {
            self.restart_at_once(&container, timeout)?;
        } else {
            self.stop(id, timeout)?;
            self.start(id, StartMode::Detached)?;
        }
        self.record_container(&container.record, "restart");
        Ok(())
    }

    fn restart_at_once(&self, container: &Container, timeout: Option<u32>) -> Result<(), Error> {
        let record = &container.record;
        let lock = self.store()?.lock_container(&record.id)?;
        self.end_process(container, timeout)?;
        let started = self
            .await_monitor(&record.id)
            .and_then(|()| trust_upper(&container.directory))
            .and_then(|()| self.restart_locked(record, 0));
        drop(lock);
        if started.is_err() {
            self.clean_up_failed(record);
        }
        started
    }
}

/// Takes away overlay's note that this upper directory was mounted `volatile`.
///
/// The note is there against files that a crash of the machine lost; here the machine has run on
/// since the mount (filesystems/overlayfs.rst, "Volatile mount").
fn trust_upper(container: &Path) -> Result<(), Error> {
    let work = container.join("work/work");
    let note = work.join("incompat");
    let failed = |error| Error::file("removing", &note, error);
    // Overlay makes these directories without any permission.
    for directory in [&work, &note, &note.join("volatile")] {
        match std::fs::set_permissions(directory, std::fs::Permissions::from_mode(0o700)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            other => other.map_err(failed)?,
        }
    }
    crate::sys::tree::remove_path(&note).map_err(|error| failed(error.into()))
}
