//! `system reset`: every container, image and volume goes, and the store with them.

use std::path::{Path, PathBuf};

use crate::engine::views::RemoveRequest;
use crate::engine::{Engine, Error, Kind};
use crate::store::Store;
use crate::sys::failpoint::hit;
use crate::types::{ContainerId, Status};

impl Engine {
    /// Removes everything that is ours below the store's root; returns what is not, and stays.
    /// `None` where there is no store: then nothing is done.
    ///
    /// Containers are stopped as `rm --force` stops them.
    pub fn reset(&self) -> Result<Option<Vec<PathBuf>>, Error> {
        let Some(store) = Store::open_to_reset(&self.settings.root)? else {
            return Ok(None);
        };
        if self.session()?.is_some() {
            return Err(Error::new("a reset is not possible inside of unshare"));
        }
        self.refuse_living_elsewhere()?;
        self.remove_all_containers()?;
        hit("engine.reset.emptied")?;
        store.await_idle()?;
        let runtime = self.runtime_dir()?;
        store.discard_everything()?;
        self.make_room()?;
        hit("engine.reset.deleted")?;
        empty_runtime_dir(runtime);
        Ok(Some(store.take_down()?))
    }

    /// A home may be shared: what runs on another machine is not seen from here.
    fn refuse_living_elsewhere(&self) -> Result<(), Error> {
        for container in self.containers()? {
            if container.foreign && container.status == Status::Unknown {
                return self.refuse_foreign(&container);
            }
        }
        Ok(())
    }

    /// Removes all containers, those that others need after the others.
    fn remove_all_containers(&self) -> Result<(), Error> {
        let request = RemoveRequest {
            force: true,
            volumes: true,
            timeout: None,
        };
        loop {
            let entries = self.store()?.containers()?;
            let ids: Vec<ContainerId> = entries.into_iter().map(|entry| entry.id).collect();
            let (mut removed, mut failed) = (false, None);
            for id in ids {
                match self.remove(id.as_str(), &request) {
                    Err(error) if error.kind == Kind::NoSuchObject => removed = true,
                    Err(error) => failed = Some(error),
                    Ok(_) => removed = true,
                }
            }
            match failed {
                None => return Ok(()),
                Some(error) if !removed => return Err(error),
                Some(_) => {}
            }
        }
    }

    /// Has another OCI runtime start every container from now on.
    pub fn change_runtime(&self, word: &str) -> Result<(), Error> {
        let runtime = self.runtime_called(Some(word))?;
        let store = self.store()?;
        for entry in store.containers()? {
            let container = self.container(entry.id.as_str())?;
            self.refuse_foreign(&container)?;
            let lock = store.lock_container(&entry.id)?;
            let mut record = store.container(&entry.id)?;
            record.runtime_word = Some(word.to_owned());
            record.runtime.clone_from(&runtime);
            store.change_container(&lock, &record)?;
        }
        Ok(())
    }
}

/// Removes bundles, filters and notes that are left, and the directory when nothing else is in it.
///
/// `--runroot` may name any directory: only what has names of ours goes.
fn empty_runtime_dir(runtime: &Path) {
    for entry in std::fs::read_dir(runtime).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let bundle = ContainerId::try_from(name.clone()).is_ok();
        let ours = ["console-", "options-", "seccomp-"];
        if bundle || ours.iter().any(|kind| name.starts_with(kind)) {
            // What cannot be removed is on a file system that a logout empties.
            let _ = crate::sys::tree::remove_path(&entry.path());
        }
    }
    // What the namespace of the networks has left; it went with the last container.
    let shared = runtime.join("shared");
    for name in ["network.json", "pasta.pid"] {
        let _ = std::fs::remove_file(shared.join(name));
    }
    let _ = std::fs::remove_dir(shared);
    let _ = std::fs::remove_dir(runtime);
}
