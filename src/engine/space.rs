//! Room on a full disk, and tidiness: the trash is emptied when somebody needs its space, and
//! when a command passes by and finds that there is some (design.md section 4).

use std::os::fd::AsFd;
use std::time::Duration;

use crate::engine::{Engine, Error};
use crate::layer;
use crate::store::{self, Store};
use crate::userns;

/// How long a command on a full disk waits for the trash to be deleted.
const SWEEP_LIMIT: Duration = Duration::from_secs(600);

/// Why a layer was not unpacked; a full file system is named.
pub(crate) fn of_layer(store: &Store, error: layer::Error) -> Error {
    let mut error = Error::from(error);
    if error.full
        && let Some(mount) = store::mount_point(store.root())
    {
        error.message += &format!(": the file system at {} is full", mount.display());
    }
    error
}

impl Engine {
    /// Does something that writes; where the file system is full, empties the trash and tries
    /// once more.
    pub(crate) fn with_space<T>(
        &self,
        mut attempt: impl FnMut() -> Result<T, Error>,
    ) -> Result<T, Error> {
        match attempt() {
            Err(error) if error.full => {
                if let Err(why) = self.make_room() {
                    tracing::debug!("the trash cannot be emptied: {why}");
                }
                attempt()
            }
            done => done,
        }
    }

    /// Deletes the trash and waits for that; in U0, where the owners of its files are mapped.
    pub(crate) fn make_room(&self) -> Result<(), Error> {
        let store = self.store()?;
        let worker = userns::base(store.root()).and_then(|base| {
            let root = crate::sys::fs::open_directory(store.root())?;
            userns::worker::spawn(Some(&base), "sweep", &[root.as_fd()])
        });
        match worker {
            Ok(worker) => worker.wait(SWEEP_LIMIT).map(drop)?,
            // Too full even for that: what is ours alone can go.
            Err(_) => {
                store.reclaim()?;
                store.empty_trash()?;
            }
        }
        Ok(())
    }

    /// Has cleaned up what this command threw away or a dead one left, if there is any.
    pub(crate) fn tidy(&self) {
        if self.store().is_ok_and(|store| store.is_untidy()) {
            self.sweep_later();
        }
    }

    /// Has the trash deleted by a process of its own, which nobody waits for.
    pub(crate) fn sweep_later(&self) {
        let swept = || -> Result<(), Error> {
            let base = self.base()?;
            let root = crate::sys::fs::open_directory(self.store()?.root())?;
            Ok(userns::worker::detached(
                Some(base),
                "sweep",
                &[root.as_fd()],
            )?)
        };
        // What stays in the trash is deleted by the next command that passes by.
        if let Err(error) = swept() {
            tracing::debug!("the trash is not being emptied: {error}");
        }
    }
}
