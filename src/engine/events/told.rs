//! What a monitor writes when its container has started and died and is taken apart: prepared
//! here, with marks.
//!
//! The monitor puts the exit code, the time and the out-of-memory word where the marks are, and
//! writes the whole to the event file or the journal's socket: see `guest/monitor/event.rs`.

use std::path::Path;

use crate::engine::events::Backend;
use crate::engine::{Engine, Error};
use crate::guest::wire_event as marks;
use crate::runtime::launch::Events;
use crate::sys::journal::{self as native, Entry};
use crate::types::{ContainerId, ContainerRecord, Event, Timestamp};

/// More than this of labels is left out: the monitor puts it together in a fixed buffer.
const MAX: usize = 16 * 1024;

/// An exit code that no container has, where the code will stand.
const UNKNOWN: i32 = -7777;

impl Engine {
    /// Prepares them; `None` when nothing is to be recorded.
    pub(crate) fn monitor_events(&self, record: &ContainerRecord) -> Result<Option<Events>, Error> {
        let event = |status| Event {
            time: Timestamp(0),
            ..Event::container(record, status)
        };
        self.told(&event("start"), &event("died"), Some(&event("cleanup")))
    }

    /// … and what the monitor of a session tells.
    pub(crate) fn exec_events(
        &self,
        record: &ContainerRecord,
        session: &ContainerId,
    ) -> Result<Option<Events>, Error> {
        let event = |status| Event {
            time: Timestamp(0),
            ..Event::container(record, status)
        };
        let died = event("exec_died").with("execID", session.as_str());
        self.told(&event("exec"), &died, None)
    }

    fn told(
        &self,
        started: &Event,
        died: &Event,
        cleanup: Option<&Event>,
    ) -> Result<Option<Events>, Error> {
        let made = match self.events_backend()? {
            Backend::None => return Ok(None),
            Backend::File(file) => Events {
                kind: marks::FILE,
                path: path_text(&file.path),
                started: line(started, None),
                died: line(died, Some(UNKNOWN)),
                cleanup: cleanup.map_or_else(Vec::new, |event| line(event, None)),
            },
            Backend::Journal => Events {
                kind: marks::JOURNAL,
                path: native::SOCKET.to_owned(),
                started: entry(started, None),
                died: entry(died, Some(UNKNOWN)),
                cleanup: cleanup.map_or_else(Vec::new, |event| entry(event, None)),
            },
        };
        Ok((!made.path.is_empty()).then_some(made))
    }
}

/// A path that is no text is not written to; the next command's events still are.
fn path_text(path: &Path) -> String {
    path.to_str().unwrap_or_default().to_owned()
}

/// The JSON line, without labels when those are many.
fn line(event: &Event, code: Option<i32>) -> Vec<u8> {
    let mut text = json(event, code);
    if text.len() > MAX {
        let short = Event {
            attributes: None,
            ..event.clone()
        };
        text = json(&short, code);
    }
    text.push(b'\n');
    text
}

fn json(event: &Event, code: Option<i32>) -> Vec<u8> {
    const TIME: &str = "\"1970-01-01T00:00:00Z\"";
    const OOM: &str = "\"Attributes\":";
    let known = format!("\"ContainerExitCode\":{UNKNOWN},");
    let marked = Event {
        exit_code: code,
        ..event.clone()
    };
    let text = serde_json::to_string(&marked).expect("an event has string keys only");
    // Marks are control characters, which JSON escapes: none can be in the text already.
    let mark = |byte: u8| char::from(byte);
    let text = text
        .replacen(
            &known,
            &format!("\"ContainerExitCode\":{},", mark(marks::CODE_MARK)),
            1,
        )
        .replacen(TIME, &format!("\"{}\"", mark(marks::TIME_MARK)), 1);
    match code {
        Some(_) => text.replacen(OOM, &format!("{}{OOM}", mark(marks::OOM_MARK)), 1),
        None => text,
    }
    .into_bytes()
}

fn entry(event: &Event, code: Option<i32>) -> Vec<u8> {
    let whole = line(event, code);
    let mut entry = Entry::default();
    for (name, value) in [
        ("PRIORITY", "6"),
        ("SYSLOG_IDENTIFIER", "coracle"),
        ("CORACLE_EVENT", &event.status),
        ("CORACLE_TYPE", &event.kind),
        ("CORACLE_ID", &event.id),
        ("CORACLE_NAME", &event.name),
        ("CORACLE_IMAGE", &event.image),
    ] {
        entry.add(name, &one_line(value));
    }
    let message = format!("container {} {} ({})", event.status, event.id, event.name);
    entry.add("MESSAGE", &one_line(&message));
    entry.add("CORACLE_JSON", whole.trim_ascii_end());
    entry.bytes
}

/// Fields of one line keep their length when the marks are filled in.
fn one_line(text: &str) -> Vec<u8> {
    text.bytes()
        .map(|byte| if byte < b' ' { b'?' } else { byte })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_for_code_time_and_memory() {
        let event = Event {
            attributes: Some([("a".to_owned(), "b\u{1}c".to_owned())].into()),
            ..Event::of("container", "died", "id", "name")
        };
        let event = Event {
            time: Timestamp(0),
            ..event
        };
        let text = String::from_utf8(line(&event, Some(UNKNOWN))).expect("text");
        let wanted = "{\"ContainerExitCode\":\u{1},\"ID\":\"id\",\"Name\":\"name\",\
                      \"Status\":\"died\",\"Time\":\"\u{2}\",\"Type\":\"container\",\
                      \u{3}\"Attributes\":{\"a\":\"b\\u0001c\"}}\n";
        assert_eq!(text, wanted);
        let started = String::from_utf8(line(&event, None)).expect("text");
        assert!(started.contains("\"Time\":\"\u{2}\"") && !started.contains('\u{3}'));
    }
}
