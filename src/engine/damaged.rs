//! Records that cannot be read: told to the user, in the way of nothing else, removed on request.
//!
//! Nothing is thrown away unasked. Garbage is not collected meanwhile: what such a record refers
//! to is not known.

use crate::engine::list::same_process;
use crate::engine::views::RemoveRequest;
use crate::engine::{Engine, Error, Kind};
use crate::store::{self, NamedImage};
use crate::types::{ContainerId, Event};

const SIGKILL: i32 = 9;

impl Engine {
    /// Says what is damaged and what helps.
    pub(crate) fn tell_damage(&self, error: &store::Error) {
        match error.hint() {
            Some(hint) => self.warn(&format!("{error}; {hint}")),
            None => self.warn(&error.to_string()),
        }
    }

    /// Every image whose record can be read, our own first; the others are told.
    pub(crate) fn known_images(&self) -> Result<Vec<NamedImage>, Error> {
        let store = self.store()?;
        let mut tell = |error| self.tell_damage(&error);
        let mut images = store.readable_images(&mut tell)?;
        images.extend(store.additional_images(&mut tell)?);
        Ok(images)
    }

    /// Removes what a damaged record stands for; `None` when the name leads to no such thing.
    ///
    /// Its anonymous volumes are in the record alone, so they stay.
    pub(crate) fn remove_damaged(
        &self,
        name: &str,
        request: &RemoveRequest,
    ) -> Result<Option<ContainerId>, Error> {
        let store = self.store()?;
        let Ok(id) = store.find_container(name) else {
            return Ok(None);
        };
        if !matches!(store.container(&id), Err(store::Error::Damaged { .. })) {
            return Ok(None);
        }
        let lock = match store.lock_container(&id) {
            Ok(lock) => Some(lock),
            // Its lock may be as damaged as its record.
            Err(store::Error::Unknown { .. } | store::Error::Io { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let run = store.run(&id)?;
        if store.monitor_alive(&id) {
            if !request.force {
                let message = format!("container {id} is running, and its record is damaged");
                return Err(
                    Error::of(Kind::InUse, message).hint("rm --force ends it and removes the rest")
                );
            }
            if let Some(process) = run.as_ref().and_then(|run| same_process(run.init)) {
                process.signal(SIGKILL)?;
            }
            self.await_monitor(&id)?;
        }
        self.remove_cgroups(&id, run.as_ref());
        let own = || Some(self.runtime_dir().ok()?.join(id.as_str()));
        if let Some(directory) = run.map(|run| run.runtime_dir).or_else(own) {
            crate::engine::strays::end_in(&directory);
            let _ = crate::sys::tree::remove_path(&directory);
        }
        store.remove_damaged_container(&id)?;
        self.record(Event::of("container", "remove", id.as_str(), ""));
        drop(lock);
        self.sweep_later();
        Ok(Some(id))
    }
}
