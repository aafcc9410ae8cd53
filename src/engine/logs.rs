//! A container's output: out of the monitor's file, or out of the journal.

use std::collections::VecDeque;
use std::path::Path;

use serde_json::Value;

use crate::engine::events::journal;
use crate::engine::views::Container;
use crate::engine::{Engine, Error, LogLine, LogsRequest};
use crate::monitor::log;
use crate::monitor::log::journal::{Entry, Lines};
use crate::store::Store;
use crate::types::request::LogDriver;

/// Takes one line; false ends the reading.
type Each<'a> = &'a mut dyn FnMut(LogLine) -> bool;

impl Engine {
    /// Hands every record to `each` until it returns false.
    ///
    /// With `follow`, goes on until the container has ended.
    pub fn logs(&self, name: &str, request: &LogsRequest, each: Each<'_>) -> Result<(), Error> {
        let container = self.container(name)?;
        let record = &container.record;
        let driver = record.request.log.driver;
        if driver == LogDriver::None || driver.passes_streams() {
            return Err(Error::new(format!(
                "cannot show the output of {}: this container is using the '{}' log driver, \
                 cannot read logs",
                record.name,
                driver.as_str()
            )));
        }
        let store =
            Store::open(&self.settings.root).map_err(|error| Error::new(error.to_string()))?;
        let alive = || store.monitor_alive(&record.id);
        let done = if driver == LogDriver::Journald {
            Journal::of(&container, request).read(&alive, each)
        } else {
            from_file(&container, request, &alive, each)
        };
        done.map_err(|error| error.while_doing(format!("reading the output of {}", record.name)))
    }
}

fn from_file(
    container: &Container,
    request: &LogsRequest,
    alive: &dyn Fn() -> bool,
    each: Each<'_>,
) -> Result<(), Error> {
    let source = log::Source {
        directory: container.log_path.parent().unwrap_or(Path::new("/")),
        name: container
            .log_path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or(log::FILE),
        alive,
    };
    let wanted = log::Wanted {
        follow: request.follow,
        tail: request.tail,
        since: request.since,
        until: request.until,
    };
    Ok(log::read(&source, &wanted, &mut |found| each(line(found)))?)
}

fn line(found: log::Record) -> LogLine {
    LogLine {
        time: found.time,
        stderr: found.stderr,
        text: found.text,
        partial: found.partial,
    }
}

/// The journal's part of one container.
struct Journal<'a> {
    container: &'a Container,
    request: &'a LogsRequest,
    lines: Lines,
    /// Of the last entry that was read.
    cursor: Option<String>,
}

impl<'a> Journal<'a> {
    fn of(container: &'a Container, request: &'a LogsRequest) -> Self {
        Self {
            container,
            request,
            lines: Lines::default(),
            cursor: None,
        }
    }

    /// What is there, of which only the end may be wanted, then what comes.
    fn read(&mut self, alive: &dyn Fn() -> bool, each: Each<'_>) -> Result<(), Error> {
        let Some(tail) = self.request.tail else {
            return self.pass(self.request.follow, alive, each);
        };
        let mut last = VecDeque::new();
        let tail = usize::try_from(tail).unwrap_or(usize::MAX);
        self.pass(false, alive, &mut |line| {
            last.push_back(line);
            if last.len() > tail {
                last.pop_front();
            }
            true
        })?;
        for line in last {
            if !each(line) {
                return Ok(());
            }
        }
        match self.request.follow {
            true => self.pass(true, alive, each),
            false => Ok(()),
        }
    }

    fn pass(
        &mut self,
        follow: bool,
        alive: &dyn Fn() -> bool,
        each: Each<'_>,
    ) -> Result<(), Error> {
        let arguments = self.arguments(follow);
        let request = self.request;
        let (lines, cursor) = (&mut self.lines, &mut self.cursor);
        let mut over = false;
        // Once more after the end: the journal may have been behind.
        let mut was_alive = true;
        let mut goes_on = || {
            let goes_on = was_alive || !follow;
            was_alive = alive();
            goes_on
        };
        journal::read(&arguments, &mut goes_on, &mut |document| {
            if let Some(text) = journal::field(&document, "__CURSOR") {
                *cursor = String::from_utf8(text).ok();
            }
            let Some(entry) = entry(&document) else {
                return true;
            };
            let time = i128::from(entry.time) * 1000;
            if request.since.is_some_and(|since| time < since.0) {
                return true;
            }
            if request.until.is_some_and(|until| time > until.0) {
                over = true;
                return false;
            }
            lines.add(&entry, &mut |record| each(line(record)))
        })?;
        if !over {
            self.lines.flush(&mut |record| each(line(record)));
        }
        Ok(())
    }

    fn arguments(&self, follow: bool) -> Vec<String> {
        let id = &self.container.record.id;
        let mut words = vec![format!("CONTAINER_ID_FULL={id}")];
        match (&self.cursor, self.request.since) {
            (Some(cursor), _) => words.push(format!("--after-cursor={cursor}")),
            (None, Some(since)) => words.push(format!("--since={}", journal::moment(since))),
            (None, None) => {}
        }
        if follow {
            words.extend(["--follow".to_owned(), "--no-tail".to_owned()]);
        }
        words
    }
}

fn entry(document: &Value) -> Option<Entry> {
    let text = |name: &str| String::from_utf8(journal::field(document, name)?).ok();
    Some(Entry {
        time: text("__REALTIME_TIMESTAMP")?.parse().ok()?,
        stderr: text("PRIORITY").as_deref() == Some("3"),
        partial: text("CONTAINER_PARTIAL_MESSAGE").is_some(),
        text: journal::field(document, "MESSAGE").unwrap_or_default(),
    })
}
