//! Events in the journal: systemd's native protocol for writing, journalctl(1) for reading.
//!
//! The field names are ours (`CORACLE_EVENT`, `CORACLE_TYPE`, …): a Podman on the same machine
//! keeps its own and does not show ours as its.

use std::io::Read;
use std::os::fd::AsFd;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::engine::{Error, Kind};
use crate::sys::SysError;
use crate::sys::journal::{Entry, send_entry};
use crate::sys::process::readable_within;
use crate::types::{Event, Timestamp};

/// How often it is asked whether to go on, while nothing comes.
const LOOK: Duration = Duration::from_millis(500);
const BLOCK: usize = 64 * 1024;
/// A larger entry is not one of ours.
const ENTRY_MAX: usize = 64 << 20;

/// Writes one event.
pub fn send(event: &Event) -> Result<(), SysError> {
    send_entry(&entry(event))
}

/// The fields of an event; `CORACLE_JSON` is all of it.
pub fn entry(event: &Event) -> Entry {
    let mut entry = Entry::default();
    entry.add("MESSAGE", event.line(true).as_bytes());
    entry.add("PRIORITY", b"6");
    entry.add("SYSLOG_IDENTIFIER", b"coracle");
    for (name, value) in [
        ("CORACLE_EVENT", event.status.as_str()),
        ("CORACLE_TYPE", &event.kind),
        ("CORACLE_ID", &event.id),
        ("CORACLE_NAME", &event.name),
        ("CORACLE_IMAGE", &event.image),
    ] {
        if !value.is_empty() {
            entry.add(name, value.as_bytes());
        }
    }
    let whole = serde_json::to_vec(event).expect("an event has string keys only");
    entry.add("CORACLE_JSON", &whole);
    entry
}

/// Runs journalctl and hands over its documents until `each` has enough, it ends, or, when it has
/// been silent for a moment, `goes_on` says no.
#[allow(
    clippy::disallowed_methods,
    reason = "systemd's own program, with our words only"
)]
pub fn read(
    arguments: &[String],
    goes_on: &mut dyn FnMut() -> bool,
    each: &mut dyn FnMut(Value) -> bool,
) -> Result<(), Error> {
    let failed = |error: std::io::Error| {
        Error::of(Kind::Failure, format!("cannot run journalctl: {error}"))
            .hint("the journal is read by systemd's journalctl")
    };
    let mut child = Command::new("journalctl")
        .args(["--quiet", "--output=json", "--all", "--no-pager"])
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let Some(mut output) = child.stdout.take() else {
        return Ok(());
    };
    let mut rest = Vec::new();
    let mut more = true;
    while more {
        if !readable_within(output.as_fd(), LOOK)? {
            more = goes_on();
            continue;
        }
        let begin = rest.len();
        rest.resize(begin + BLOCK, 0);
        let count = output.read(&mut rest[begin..]).unwrap_or(0);
        rest.truncate(begin + count);
        if count == 0 {
            break;
        }
        let mut from = 0;
        while let Some(length) = rest[from..].iter().position(|byte| *byte == b'\n') {
            // One entry that is no JSON is nobody's concern.
            if let Ok(document) = serde_json::from_slice(&rest[from..from + length]) {
                more = more && each(document);
            }
            from += length + 1;
        }
        rest.drain(..from);
        more = more && rest.len() < ENTRY_MAX;
    }
    // It may be following: nobody else ends it.
    let _ = child.kill();
    let _ = child.wait();
    Ok(())
}

/// Returns a field's bytes: text, or a list of numbers where it is no UTF-8.
pub fn field(document: &Value, name: &str) -> Option<Vec<u8>> {
    match document.get(name)? {
        Value::String(text) => Some(text.clone().into_bytes()),
        Value::Array(bytes) => {
            let byte = |value: &Value| value.as_u64().and_then(|byte| u8::try_from(byte).ok());
            bytes.iter().map(byte).collect()
        }
        _ => None,
    }
}

/// A moment as `--since` and `--until` of journalctl take it, rounded down to seconds.
pub fn moment(time: Timestamp) -> String {
    format!("@{}", time.seconds())
}
