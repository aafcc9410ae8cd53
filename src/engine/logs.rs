//! A container's output.

use std::path::Path;

use crate::engine::{Engine, Error, LogLine, LogsRequest};
use crate::monitor::log;
use crate::store::Store;
use crate::types::request::LogDriver;

impl Engine {
    /// Hands every record to `each` until it returns false.
    ///
    /// With `follow`, goes on until the container has ended.
    pub fn logs(
        &self,
        name: &str,
        request: &LogsRequest,
        each: &mut dyn FnMut(LogLine) -> bool,
    ) -> Result<(), Error> {
        let container = self.container(name)?;
        let record = &container.record;
        if record.request.log.driver == LogDriver::None {
            return Err(Error::new(format!(
                "cannot show the output of {}: this container is using the 'none' log driver, \
                 cannot read logs",
                record.name
            )));
        }
        let store =
            Store::open(&self.settings.root).map_err(|error| Error::new(error.to_string()))?;
        let alive = || store.monitor_alive(&record.id);
        let source = log::Source {
            directory: container.log_path.parent().unwrap_or(Path::new("/")),
            name: container
                .log_path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or(log::FILE),
            alive: &alive,
        };
        let wanted = log::Wanted {
            follow: request.follow,
            tail: request.tail,
            since: request.since,
            until: request.until,
        };
        log::read(&source, &wanted, &mut |found| {
            each(LogLine {
                time: found.time,
                stderr: found.stderr,
                text: found.text,
                partial: found.partial,
            })
        })
        .map_err(|error| {
            Error::new(error.to_string())
                .while_doing(format!("reading the output of {}", record.name))
        })
    }
}
