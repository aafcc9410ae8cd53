//! The event file: appended to by every command and monitor, cut in half when it is full.
//!
//! An event is one line and one write(2) to a file opened with O_APPEND, so that writers killed
//! at any moment and writers at the same time leave whole lines. Whoever writes holds the file's
//! flock shared; whoever finds it too large takes the lock alone, writes the second half between
//! two marks into a file beside, and renames that into place: Podman's form of rotation. A power
//! cut may tear a line; readers pass over what is no event.

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::store::Error;
use crate::store::claim::is_still_at;
use crate::sys;
use crate::sys::fs::Lock;
use crate::sys::open::{open_plain, open_to_append};
use crate::types::{Event, Timestamp};

/// How long a writer waits for a rotation; a stopped process must not hold everybody.
const LOCK_LIMIT: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(1);
/// A longer line is no event.
const LINE_MAX: usize = 1 << 20;
const BLOCK: usize = 64 * 1024;

/// What a rotation puts before and behind what it keeps.
pub const ROTATION: &str = "log-rotation";
pub const ROTATION_KEY: &str = "io.podman.event.rotate";

/// An event file.
#[derive(Debug, Clone)]
pub struct EventFile {
    pub path: PathBuf,
    /// Bytes after which it is cut in half; 0 is never.
    pub max_size: u64,
}

impl EventFile {
    /// Adds one event; the file and its directory are made when missing.
    pub fn append(&self, event: &Event) -> Result<(), Error> {
        let mut line = line_of(event);
        if line.len() > LINE_MAX {
            let short = Event {
                attributes: None,
                ..event.clone()
            };
            line = line_of(&short);
        }
        let begin = Instant::now();
        loop {
            let file = self.open()?;
            let late = begin.elapsed() > LOCK_LIMIT;
            if !late && !self.lock(&file, Lock::Shared)? {
                thread::sleep(PAUSE);
                continue;
            }
            if !late && !is_still_at(&file, &self.path) {
                continue; // rotated between our open and our lock
            }
            let size = file.metadata().map_or(0, |facts| facts.size());
            if !late && self.max_size > 0 && size + line.len() as u64 > self.max_size {
                drop(file);
                self.rotate()?;
                // Somebody else may be at it, or one line is more than the file may hold.
                if self.size() < size || begin.elapsed() > LOCK_LIMIT / 2 {
                    return self.write(&self.open()?, &line);
                }
                thread::sleep(PAUSE);
                continue;
            }
            return self.write(&file, &line);
        }
    }

    fn open(&self) -> Result<fs::File, Error> {
        let open = || open_to_append(&self.path);
        let opened = open().or_else(|error| {
            let missing = error.kind() == std::io::ErrorKind::NotFound;
            let Some(parent) = self.path.parent().filter(|_| missing) else {
                return Err(error);
            };
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(parent)?;
            open()
        });
        opened.map_err(|error| Error::io("opening", &self.path, error))
    }

    fn lock(&self, file: &fs::File, lock: Lock) -> Result<bool, Error> {
        sys::fs::try_lock(file, lock).map_err(|error| Error::sys("locking", &self.path, error))
    }

    fn size(&self) -> u64 {
        fs::metadata(&self.path).map_or(0, |facts| facts.size())
    }

    /// One write: others' lines come before or after it, never within.
    fn write(&self, mut file: &fs::File, line: &[u8]) -> Result<(), Error> {
        file.write_all(line)
            .map_err(|error| Error::io("writing", &self.path, error))
    }

    /// Keeps the second half; returns at once when somebody else holds the file.
    fn rotate(&self) -> Result<(), Error> {
        let failed = |error| Error::io("rotating", &self.path, error);
        let mut file = fs::File::open(&self.path).map_err(failed)?;
        if !self.lock(&file, Lock::Exclusive)? || !is_still_at(&file, &self.path) {
            return Ok(());
        }
        let size = file.metadata().map_err(failed)?.size();
        if size <= self.max_size / 2 {
            return Ok(());
        }
        file.seek(SeekFrom::Start(size / 2)).map_err(failed)?;
        let mut kept = Vec::new();
        file.take(size).read_to_end(&mut kept).map_err(failed)?;
        // The line that the middle cuts goes with the first half.
        let from = kept.iter().position(|byte| *byte == b'\n');
        let from = from.map_or(kept.len(), |at| at + 1);
        let now = Timestamp::now();
        let mut text = self.mark("begin", now);
        text.extend_from_slice(&kept[from..]);
        text.extend(self.mark("end", now));
        let beside = beside(&self.path);
        // We hold the lock: what is there was left by somebody killed.
        let mut new = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside)
            .map_err(failed)?;
        new.write_all(&text).map_err(failed)?;
        fs::rename(&beside, &self.path).map_err(failed)
    }

    /// Both marks of a rotation have one time: so a reader knows which belong together.
    fn mark(&self, which: &str, time: Timestamp) -> Vec<u8> {
        let path = self.path.to_string_lossy();
        let event = Event::of("system", ROTATION, "", path).with(ROTATION_KEY, which);
        line_of(&Event { time, ..event })
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    PathBuf::from(name)
}

fn line_of(event: &Event) -> Vec<u8> {
    let mut line = serde_json::to_vec(event).expect("an event has string keys only");
    line.push(b'\n');
    line
}

/// Reads an event file from its beginning, and what is added later.
#[derive(Debug)]
pub struct Lines {
    path: PathBuf,
    file: Option<fs::File>,
    rest: Vec<u8>,
    repeats: Repeats,
}

/// What a file that took the place of another one repeats of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Repeats {
    Nothing,
    /// The first line will tell whether it was rotated or made anew.
    Perhaps,
    /// Everything up to the end mark of the rotation that has this time.
    UntilEnd(Timestamp),
}

impl Lines {
    pub fn of(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            file: None,
            rest: Vec::new(),
            repeats: Repeats::Nothing,
        }
    }

    /// Hands over every event that has not been yet; false when `each` has enough.
    ///
    /// A missing file is an empty one.
    pub fn read(&mut self, each: &mut dyn FnMut(Event) -> bool) -> Result<bool, Error> {
        loop {
            if self.file.is_none() {
                match open_plain(&self.path) {
                    Ok(file) => self.file = Some(file),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
                    Err(error) => return Err(Error::io("opening", &self.path, error)),
                }
            }
            if !self.read_file(each)? {
                return Ok(false);
            }
            // Writers look whether the file is still there under its lock, so that one which was
            // replaced does not grow any more once it was read to its end after that.
            let replaced = match &self.file {
                Some(file) => self.path.exists() && !is_still_at(file, &self.path),
                None => false,
            };
            if !replaced {
                return Ok(true);
            }
            if !self.read_file(each)? {
                return Ok(false);
            }
            self.file = None;
            self.rest.clear();
            self.repeats = Repeats::Perhaps;
        }
    }

    fn read_file(&mut self, each: &mut dyn FnMut(Event) -> bool) -> Result<bool, Error> {
        let Some(file) = &mut self.file else {
            return Ok(true);
        };
        loop {
            let begin = self.rest.len();
            self.rest.resize(begin + BLOCK, 0);
            let count = file.read(&mut self.rest[begin..]);
            self.rest.truncate(begin + *count.as_ref().unwrap_or(&0));
            let count = count.map_err(|error| Error::io("reading", &self.path, error))?;
            if count == 0 {
                return Ok(true);
            }
            let mut from = 0;
            while let Some(length) = self.rest[from..].iter().position(|byte| *byte == b'\n') {
                let line = &self.rest[from..from + length];
                from += length + 1;
                let Ok(event) = serde_json::from_slice::<Event>(line) else {
                    continue; // torn by a power cut, or nobody's
                };
                if !self.repeats.lets_pass(&event) {
                    continue;
                }
                if !each(event) {
                    self.rest.drain(..from);
                    return Ok(false);
                }
            }
            self.rest.drain(..from);
            if self.rest.len() > LINE_MAX {
                self.rest.clear();
            }
        }
    }
}

impl Repeats {
    fn lets_pass(&mut self, event: &Event) -> bool {
        let mark = marks(event);
        match self {
            Self::Nothing => true,
            Self::Perhaps if mark == Some("begin") => {
                *self = Self::UntilEnd(event.time);
                false
            }
            Self::Perhaps => {
                *self = Self::Nothing;
                true
            }
            Self::UntilEnd(time) => {
                let over = mark == Some("end") && *time == event.time;
                if over {
                    *self = Self::Nothing;
                }
                over
            }
        }
    }
}

fn marks(event: &Event) -> Option<&str> {
    let attributes = event.attributes.as_ref()?;
    attributes
        .get(ROTATION_KEY)
        .filter(|_| event.status == ROTATION)
        .map(String::as_str)
}
