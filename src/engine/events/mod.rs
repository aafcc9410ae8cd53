//! Events: every command records what it did, and `events` reads it again.
//!
//! Three places: a bounded file in the store (the default, see `store/event.rs`), the journal,
//! or none. A monitor writes `start` and `died` itself (`told.rs` prepares the lines), so that
//! they are there when every command is gone, and in their order. An event that cannot be recorded fails nothing.

pub(crate) mod journal;
mod read;
mod told;

use std::path::PathBuf;

pub use read::EventsRequest;

use crate::engine::{Engine, Error};
use crate::store::EventFile;
use crate::types::{ContainerRecord, Event};

/// Bytes of the event file when nobody says otherwise, as in Podman.
const MAX_SIZE: u64 = 1_000_000;

/// Where events are kept.
#[derive(Debug, Clone)]
pub(crate) enum Backend {
    File(EventFile),
    Journal,
    None,
}

impl Engine {
    /// Records that something happened; what cannot be recorded is only logged.
    pub(crate) fn record(&self, event: Event) {
        let recorded = match self.events_backend() {
            Ok(Backend::File(file)) => file.append(&event).map_err(Error::from),
            Ok(Backend::Journal) => journal::send(&event).map_err(Error::from),
            Ok(Backend::None) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = recorded {
            tracing::warn!("the event {} {} is lost: {error}", event.kind, event.status);
        }
    }

    /// Records what happened to a container.
    pub(crate) fn record_container(&self, record: &ContainerRecord, status: &str) {
        self.record(Event::container(record, status));
    }

    /// Records that a container was made, with what `inspect` shows where that is wanted.
    pub(crate) fn record_created(&self, record: &ContainerRecord) {
        let mut event = Event::container(record, "create");
        if self.settings.events_inspect_data
            && let Ok(container) = self.container(record.id.as_str())
        {
            event.inspect_data = (self.describe)(self, &container).unwrap_or_default();
        }
        self.record(event);
    }

    pub(crate) fn events_backend(&self) -> Result<Backend, Error> {
        let settings = &self.settings;
        match settings.events_backend.as_deref().unwrap_or("file") {
            "none" | "null" => Ok(Backend::None),
            "journald" => Ok(Backend::Journal),
            "" | "file" => Ok(Backend::File(EventFile {
                path: match &settings.events_path {
                    Some(path) => path.clone(),
                    None => self.own_events_file()?,
                },
                max_size: settings.events_max_size.unwrap_or(MAX_SIZE),
            })),
            other => Err(Error::new(format!(
                "unknown events backend {}",
                crate::types::escape::quoted(other)
            ))
            .hint("events_logger in containers.conf is file, journald or none")),
        }
    }

    fn own_events_file(&self) -> Result<PathBuf, Error> {
        Ok(self.store()?.root().join("events/events.log"))
    }
}
