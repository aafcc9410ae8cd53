//! One record of a log, and pieces of lines joined again.
//!
//! `TIME stdout|stderr F|P text`: see `guest/monitor/log.rs`, which writes it. Times with any
//! offset are read, since Podman and conmon write local time.

use crate::types::Timestamp;

/// More than any record the monitor writes; longer lines are not records.
pub const LINE_MAX: usize = 64 * 1024;
/// A line longer than this is handed over in parts, so that endless ones need no memory.
const JOINED_MAX: usize = 1024 * 1024;

/// A line of a container's output, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// When its first byte was read.
    pub time: Timestamp,
    pub stderr: bool,
    pub text: Vec<u8>,
    /// The line goes on in a later record of the same stream.
    pub partial: bool,
}

/// A record as it is in the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    pub time: Timestamp,
    pub stderr: bool,
    pub partial: bool,
    pub text: &'a [u8],
}

/// Reads one line of the file, without its newline.
pub fn parse(line: &[u8]) -> Option<Piece<'_>> {
    let mut words = line.splitn(4, |byte| *byte == b' ');
    let time = Timestamp::parse(std::str::from_utf8(words.next()?).ok()?)?;
    let stderr = match words.next()? {
        b"stdout" => false,
        b"stderr" => true,
        _ => return None,
    };
    let partial = match words.next()? {
        b"F" => false,
        b"P" => true,
        _ => return None,
    };
    Some(Piece {
        time,
        stderr,
        partial,
        text: words.next().unwrap_or_default(),
    })
}

/// The unfinished line of each stream.
#[derive(Debug, Default)]
pub struct Joined {
    lines: [Option<Record>; 2],
}

impl Joined {
    /// Adds a piece, and hands over the line it ends.
    pub fn add(&mut self, piece: &Piece<'_>, each: &mut dyn FnMut(Record) -> bool) -> bool {
        let slot = &mut self.lines[usize::from(piece.stderr)];
        let line = slot.get_or_insert_with(|| Record {
            time: piece.time,
            stderr: piece.stderr,
            text: Vec::new(),
            partial: true,
        });
        line.text.extend_from_slice(piece.text);
        line.partial = piece.partial;
        if piece.partial && line.text.len() < JOINED_MAX {
            return true;
        }
        slot.take().is_none_or(each)
    }

    /// Hands over what has no end yet: a prompt is wanted before its answer.
    pub fn flush(&mut self, each: &mut dyn FnMut(Record) -> bool) -> bool {
        let unfinished = self.lines.iter_mut().filter_map(Option::take);
        for line in unfinished {
            if !each(line) {
                return false;
            }
        }
        true
    }
}
