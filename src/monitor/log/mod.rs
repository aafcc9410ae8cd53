//! Reads a container's log: all of it or its end, once or for as long as it grows.
//!
//! The monitor appends to `NAME` and, when a size limit was asked for, renames it to
//! `NAME.1` and begins again; both are read, oldest first. Nothing is read through a link.

pub mod journal;
mod record;
mod tail;

use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use record::Record;
use record::{Joined, LINE_MAX, parse};

use crate::monitor::Error;
use crate::sys::open;
use crate::sys::watch::Watch;
use crate::types::Timestamp;

/// The log's usual name in a container's directory.
pub const FILE: &str = "ctr.log";

/// Bytes read at once.
const BLOCK: usize = 64 * 1024;
/// How often the world is looked at although nothing was told.
const LOOK: Duration = Duration::from_millis(500);

/// Which log, and whether its container still writes to it.
pub struct Source<'a> {
    pub directory: &'a Path,
    pub name: &'a str,
    pub alive: &'a dyn Fn() -> bool,
}

/// Which part of it.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Go on until the container ends.
    pub follow: bool,
    /// Only so many lines at the end; `None` is everything.
    pub tail: Option<u64>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

/// Takes one record; false ends the reading.
pub type Each<'a> = &'a mut dyn FnMut(Record) -> bool;

/// Hands every record to `each`, whole lines unless a line is endless or unfinished.
///
/// A container that never wrote has no log: that is an empty one.
pub fn read(source: &Source<'_>, wanted: &Wanted, each: Each<'_>) -> Result<(), Error> {
    // Watched before the first look, so that nothing happens unseen in between.
    let watch = wanted.follow.then(|| Watch::directory(source.directory));
    let mut files = open_both(source)?;
    let starts = match wanted.tail {
        Some(lines) => tail::starts(&files, lines).map_err(|error| source.failed(&error))?,
        None => vec![[0; 2]; files.len()],
    };
    let mut reading = Reading {
        source,
        wanted,
        joined: Joined::default(),
    };
    let mut current = None;
    for (file, starts) in files.drain(..).zip(starts) {
        let mut cursor = Cursor::new(file, starts);
        if !reading.read_all(&mut cursor, each)? {
            return Ok(());
        }
        current = Some(cursor);
    }
    match watch {
        Some(watch) => reading.follow(current, &watch, each),
        None => {
            reading.joined.flush(each);
            Ok(())
        }
    }
}

impl Source<'_> {
    fn path(&self) -> PathBuf {
        self.directory.join(self.name)
    }

    fn older_path(&self) -> PathBuf {
        self.directory.join(format!("{}.1", self.name))
    }

    fn failed(&self, error: &io::Error) -> Error {
        Error::file(&self.path(), error)
    }
}

fn open(path: &Path) -> Result<Option<File>, Error> {
    match open::open_plain(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file(path, &error)),
    }
}

/// Opens what there is, oldest first.
fn open_both(source: &Source<'_>) -> Result<Vec<File>, Error> {
    // The newer first: a rename in between then shows the same file twice, not a gap.
    let newer = open(&source.path())?;
    let older = open(&source.older_path())?;
    let twice = match (&older, &newer) {
        (Some(older), Some(newer)) => same_file(older, newer),
        _ => false,
    };
    Ok(older.filter(|_| !twice).into_iter().chain(newer).collect())
}

fn same_file(a: &File, b: &File) -> bool {
    match (a.metadata(), b.metadata()) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

/// A place in a file, moving forward.
struct Cursor {
    file: File,
    /// Where the next block is read.
    offset: u64,
    /// What was read and is not a whole line yet.
    rest: Vec<u8>,
    /// The rest of a line that no monitor wrote is passed over.
    skipping: bool,
    /// Where each stream's wanted part begins.
    starts: [u64; 2],
}

impl Cursor {
    fn new(file: File, starts: [u64; 2]) -> Self {
        Self {
            file,
            offset: starts[0].min(starts[1]),
            rest: Vec::new(),
            skipping: false,
            starts,
        }
    }

    /// Reads one block and hands its whole lines over; `None` at the end of the file.
    fn block(&mut self, mut each: impl FnMut(&[u8], u64) -> bool) -> io::Result<Option<bool>> {
        let begin = self.rest.len();
        let line_offset = self.offset - begin as u64;
        self.rest.resize(begin + BLOCK, 0);
        let count = self.file.read_at(&mut self.rest[begin..], self.offset);
        self.rest.truncate(begin + *count.as_ref().unwrap_or(&0));
        let count = count?;
        self.offset += count as u64;
        if count == 0 {
            return Ok(None);
        }
        let mut from = 0;
        while let Some(length) = self.rest[from..].iter().position(|byte| *byte == b'\n') {
            let line = &self.rest[from..from + length];
            if !std::mem::take(&mut self.skipping) && !each(line, line_offset + from as u64) {
                return Ok(Some(false));
            }
            from += length + 1;
        }
        self.rest.drain(..from);
        if self.rest.len() > LINE_MAX {
            self.rest.clear();
            self.skipping = true;
        }
        Ok(Some(true))
    }

    /// Begins again when the file became shorter than what was read of it.
    fn restart_if_truncated(&mut self) -> io::Result<bool> {
        let shorter = self.file.metadata()?.len() < self.offset;
        if shorter {
            self.offset = 0;
            self.rest.clear();
            self.skipping = false;
            self.starts = [0; 2];
        }
        Ok(shorter)
    }
}

struct Reading<'a> {
    source: &'a Source<'a>,
    wanted: &'a Wanted,
    joined: Joined,
}

impl Reading<'_> {
    /// Reads what there is; false when `each` has enough.
    fn read_all(&mut self, cursor: &mut Cursor, each: Each<'_>) -> Result<bool, Error> {
        let starts = cursor.starts;
        loop {
            let block = cursor.block(|line, offset| self.line(line, offset, starts, each));
            match block.map_err(|error| self.source.failed(&error))? {
                None => return Ok(true),
                Some(false) => return Ok(false),
                Some(true) => {}
            }
        }
    }

    fn line(&mut self, line: &[u8], offset: u64, starts: [u64; 2], each: Each<'_>) -> bool {
        let Some(piece) = parse(line) else {
            return true; // torn by a power cut: nothing of it can be trusted
        };
        let wanted = offset >= starts[usize::from(piece.stderr)]
            && self.wanted.since.is_none_or(|since| piece.time >= since)
            && self.wanted.until.is_none_or(|until| piece.time <= until);
        !wanted || self.joined.add(&piece, each)
    }

    /// Goes on until the container has ended and all of its log was read.
    fn follow(
        &mut self,
        mut current: Option<Cursor>,
        watch: &Watch,
        each: Each<'_>,
    ) -> Result<(), Error> {
        loop {
            let alive = (self.source.alive)(); // before the reading that may be the last
            if let Some(cursor) = &mut current
                && !self.read_all(cursor, each)?
            {
                return Ok(());
            }
            match self.replaced(current, each)? {
                Replaced::Enough => return Ok(()),
                Replaced::By(cursor) => {
                    current = Some(cursor);
                    continue;
                }
                Replaced::No(cursor) => current = cursor,
            }
            if !self.joined.flush(each) {
                return Ok(());
            }
            let over = self
                .wanted
                .until
                .is_some_and(|until| Timestamp::now() > until);
            if !alive || over {
                return Ok(());
            }
            watch.wait(LOOK);
        }
    }

    /// Looks whether the log was put aside or truncated since.
    fn replaced(&mut self, current: Option<Cursor>, each: Each<'_>) -> Result<Replaced, Error> {
        let Some(newer) = open(&self.source.path())? else {
            return Ok(Replaced::No(current)); // between two renames, or not made yet
        };
        let Some(mut cursor) = current else {
            return Ok(Replaced::By(Cursor::new(newer, [0; 2])));
        };
        if same_file(&newer, &cursor.file) {
            let again = cursor.restart_if_truncated();
            return Ok(match again.map_err(|error| self.source.failed(&error))? {
                true => Replaced::By(cursor),
                false => Replaced::No(Some(cursor)),
            });
        }
        // What was written to the old one before it was put aside.
        if !self.read_all(&mut cursor, each)? {
            return Ok(Replaced::Enough);
        }
        // It was put aside more than once: the one in between is still there.
        if let Some(older) = open(&self.source.older_path())?
            && !same_file(&older, &cursor.file)
            && !same_file(&older, &newer)
            && !self.read_all(&mut Cursor::new(older, [0; 2]), each)?
        {
            return Ok(Replaced::Enough);
        }
        Ok(Replaced::By(Cursor::new(newer, [0; 2])))
    }
}

enum Replaced {
    No(Option<Cursor>),
    By(Cursor),
    Enough,
}

#[cfg(test)]
mod tests;
