//! The events that the container has started and died: told when every command is gone, and in
//! their order.
//!
//! The engine prepared it with marks (`wire_event.rs`). A line is one write to a file opened with
//! O_APPEND under its shared flock, which keeps a rotation away: `store/event.rs`.

use super::calls;
use super::exit::Ended;
use super::journal;
use super::log;
use crate::raw;
use crate::wire_event as wire;
use core::ffi::CStr;

/// How often a file that is being rotated is tried again, a millisecond apart.
const TRIES: usize = 500;

/// What to write, and where.
#[derive(Clone, Copy)]
pub struct Events<'a> {
    /// [`wire::FILE`] or [`wire::JOURNAL`].
    pub kind: u64,
    pub path: &'a CStr,
    pub started: &'a [u8],
    pub died: &'a [u8],
    /// Empty for an exec session, whose container stays.
    pub cleanup: &'a [u8],
}

impl Events<'_> {
    pub fn write_started(&self, buffer: &mut [u8]) {
        let now = Ended::unknown();
        self.write(self.started, &now, buffer);
    }

    /// By now its network and its control group are gone: that is told too.
    pub fn write_died(&self, ended: &Ended, buffer: &mut [u8]) {
        self.write(self.died, ended, buffer);
        if !self.cleanup.is_empty() {
            self.write(self.cleanup, &Ended::unknown(), buffer);
        }
    }

    /// `buffer` is only borrowed to put the event together. What fails is lost.
    fn write(&self, template: &[u8], ended: &Ended, buffer: &mut [u8]) {
        let mut text = Filled { buffer, used: 0 };
        for byte in template {
            match *byte {
                wire::CODE_MARK => text.number(ended.code),
                wire::TIME_MARK => text.time(ended.time),
                wire::OOM_MARK if ended.oom => text.add(b"\"OOMKilled\":true,"),
                wire::OOM_MARK => {}
                other => text.add(&[other]),
            }
        }
        let Some(text) = text.buffer.get(..text.used) else {
            return;
        };
        match self.kind {
            wire::FILE => append(self.path, text),
            _ => {
                let socket = journal::connect(self.path);
                if socket >= 0 {
                    journal::send(socket, &[text]);
                    raw::close(socket);
                }
            }
        }
    }
}

struct Filled<'a> {
    buffer: &'a mut [u8],
    used: usize,
}

impl Filled<'_> {
    fn add(&mut self, bytes: &[u8]) {
        if let Some(place) = self.buffer.get_mut(self.used..self.used + bytes.len()) {
            place.copy_from_slice(bytes);
        }
        self.used += bytes.len();
    }

    fn number(&mut self, code: i32) {
        let mut digits = [0u8; 24];
        self.add(raw::decimal(code.max(0) as u64, &mut digits).to_bytes());
    }

    fn time(&mut self, nanoseconds: u64) {
        let mut text = *b"1970-01-01T00:00:00.000000000Z";
        log::write_date_time(&mut text[..19], (nanoseconds / 1_000_000_000) as i64);
        log::write_decimal(&mut text[20..29], nanoseconds % 1_000_000_000);
        self.add(&text);
    }
}

fn append(path: &CStr, line: &[u8]) {
    // O_NONBLOCK: a fifo in its place must not hold us.
    let flags = raw::O_WRONLY | raw::O_APPEND | raw::O_CREAT | raw::O_NOFOLLOW | raw::O_NONBLOCK;
    for attempt in 0..TRIES {
        let Ok(file) = raw::openat(raw::AT_FDCWD, path, flags | raw::O_CLOEXEC, 0o600) else {
            return;
        };
        let last = attempt + 1 == TRIES;
        if last || (calls::lock_shared(file) && is_still_at(file, path)) {
            raw::write_all(file, line);
            raw::close(file);
            return;
        }
        raw::close(file);
        let _ = calls::poll(&mut [], Some(1));
    }
}

fn is_still_at(file: i32, path: &CStr) -> bool {
    let flags = raw::O_RDONLY | raw::O_NOFOLLOW | raw::O_CLOEXEC | raw::O_NONBLOCK;
    let Ok(named) = raw::openat(raw::AT_FDCWD, path, flags, 0) else {
        return false;
    };
    let same = match (raw::fstat(file), raw::fstat(named)) {
        (Ok(a), Ok(b)) => (a.dev, a.ino) == (b.dev, b.ino),
        _ => false,
    };
    raw::close(named);
    same
}
