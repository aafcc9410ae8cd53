//! Lines out of journald's entries: what the monitor sent it comes back as records.

use crate::monitor::log::Record;
use crate::monitor::log::record::{Joined, Piece};
use crate::types::Timestamp;

/// An entry's fields that matter, as journalctl(1) gives them.
#[derive(Debug)]
pub struct Entry {
    /// Microseconds since the epoch.
    pub time: u64,
    pub stderr: bool,
    pub partial: bool,
    pub text: Vec<u8>,
}

/// Puts the pieces of lines together again.
#[derive(Debug, Default)]
pub struct Lines {
    joined: Joined,
}

impl Lines {
    /// Adds an entry, and hands over the line it ends.
    pub fn add(&mut self, entry: &Entry, each: &mut dyn FnMut(Record) -> bool) -> bool {
        let piece = Piece {
            time: Timestamp(i128::from(entry.time) * 1000),
            stderr: entry.stderr,
            partial: entry.partial,
            text: &entry.text,
        };
        self.joined.add(&piece, each)
    }

    /// Hands over what has no end yet.
    pub fn flush(&mut self, each: &mut dyn FnMut(Record) -> bool) -> bool {
        self.joined.flush(each)
    }
}
