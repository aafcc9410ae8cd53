//! The container's log: `TIME stdout|stderr F|P text`, Podman's k8s-file format, or the journal.
//!
//! Times are UTC. `F` ends a line, `P` says that the line goes on in the next record of the
//! same stream: every byte the container wrote can be had back (S-82). A file that cannot
//! grow costs records, never the container: what was lost is counted (S-83).

use super::calls;
use super::journal;
use super::lines;
use crate::raw;
use core::ffi::CStr;

/// Bytes collected before they are written.
pub const BATCH: usize = 24 * 1024;
/// Longest piece of text in one record: a longer line is split at this size.
pub const PIECE: usize = 8 * 1024;
/// Bytes of `TIME stdout F `.
const HEAD: usize = 45;
/// The same in whole steps of a copy.
const HEAD_ROOM: usize = 3 * lines::STEP;
/// The longest name a directory entry may have.
const NAME_MAX: usize = 255;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    Stdout,
    Stderr,
}

/// The journal, if the output goes there.
#[derive(Clone, Copy)]
pub struct Journal<'a> {
    pub path: &'a CStr,
    /// Fields that every entry has, in the native protocol's form.
    pub fields: &'a [u8],
}

pub struct Log<'a> {
    journal: Option<Journal<'a>>,
    /// journald's socket, or -1.
    socket: i32,
    directory: i32,
    name: &'a CStr,
    /// -1: nothing is kept.
    file: i32,
    size: u64,
    /// Bytes at which the file is put aside; 0 is never.
    limit: u64,
    /// Bytes of the container's output that could not be kept.
    pub lost: u64,
    batch: &'a mut [u8; BATCH],
    used: usize,
    /// Text bytes within the batch, for `lost`.
    text_used: u64,
    head: [u8; HEAD_ROOM],
    /// The second `head` was made for.
    head_second: i64,
}

impl<'a> Log<'a> {
    pub fn open(
        directory: i32,
        name: &'a CStr,
        limit: u64,
        journal: Option<Journal<'a>>,
        batch: &'a mut [u8; BATCH],
    ) -> Self {
        let mut log = Self {
            journal,
            socket: -1,
            directory,
            name,
            file: -1,
            size: 0,
            limit,
            lost: 0,
            batch,
            used: 0,
            text_used: 0,
            head: *b"1970-01-01T00:00:00.000000000+00:00 stdout F    ",
            head_second: 0,
        };
        log.reopen();
        log
    }

    /// Opens the file for appending: never through a link, never anything but a file.
    fn reopen(&mut self) {
        if self.directory < 0 {
            return;
        }
        let flags = raw::O_WRONLY | raw::O_CREAT | raw::O_APPEND | raw::O_CLOEXEC;
        // O_NONBLOCK: a fifo in its place must not hold us (it is refused below).
        let flags = flags | raw::O_NOFOLLOW | raw::O_NONBLOCK;
        let Ok(file) = raw::openat(self.directory, self.name, flags, 0o600) else {
            return;
        };
        if !calls::is_regular_file(file) {
            raw::close(file);
            return;
        }
        self.size = calls::seek_end(file).unwrap_or(0);
        self.file = file;
        self.end_torn_record();
    }

    /// Ends a record that a monitor before us could not finish (power cut, kill).
    fn end_torn_record(&mut self) {
        if self.size == 0 {
            return;
        }
        let flags = raw::O_RDONLY | raw::O_NOFOLLOW | raw::O_CLOEXEC;
        let Ok(reader) = raw::openat(self.directory, self.name, flags, 0) else {
            return;
        };
        let mut last = [b'\n'];
        let _ = calls::read_at(reader, &mut last, self.size - 1);
        raw::close(reader);
        if last[0] != b'\n' && raw::write(self.file, b"\n").is_ok() {
            self.size += 1;
        }
    }

    pub fn is_kept(&self) -> bool {
        self.directory >= 0 || self.journal.is_some()
    }

    /// Sets the time that the following records carry.
    pub fn set_time(&mut self) {
        if self.directory < 0 {
            return; // the journal has its own clock
        }
        let (seconds, nanoseconds) = calls::wall();
        if seconds != self.head_second {
            self.head_second = seconds;
            write_date_time(&mut self.head[..19], seconds);
        }
        write_decimal(&mut self.head[20..29], u64::from(nanoseconds));
    }

    /// Adds one record; `text` is at most [`PIECE`] bytes and holds no newline.
    pub fn record(&mut self, stream: Stream, complete: bool, text: &[u8]) {
        if let Some(journal) = self.journal {
            self.send(&journal, stream, complete, text);
            return;
        }
        let length = HEAD + text.len() + 1;
        if length > BATCH - self.used {
            self.flush();
        }
        self.set_head(stream, complete);
        let (head, rest) = self.batch[self.used..self.used + length].split_at_mut(HEAD);
        head.copy_from_slice(&self.head[..HEAD]);
        rest[..text.len()].copy_from_slice(text);
        rest[text.len()] = b'\n';
        self.used += length;
        self.text_used += text.len() as u64 + u64::from(complete);
    }

    /// Adds the whole lines that `text` begins with, as long as each fits into one record;
    /// returns their bytes. What a chatty container writes goes this way.
    pub fn lines(&mut self, stream: Stream, text: &[u8]) -> usize {
        if self.journal.is_some() {
            return 0;
        }
        self.set_head(stream, true);
        let mut done = 0;
        loop {
            let line = &text[done..text.len().min(done + PIECE)];
            let room = &mut self.batch[self.used..];
            let fits = room.len() >= HEAD + line.len().max(lines::STEP);
            let copied = match room.split_at_mut_checked(HEAD_ROOM) {
                Some((head, _)) => {
                    head.copy_from_slice(&self.head);
                    lines::copy(line, &mut room[HEAD..])
                }
                None => 0,
            };
            if copied > 0 {
                self.used += HEAD + copied;
                self.text_used += copied as u64;
                done += copied;
            } else if fits {
                return done;
            } else {
                self.flush();
            }
        }
    }

    fn set_head(&mut self, stream: Stream, complete: bool) {
        let name = match stream {
            Stream::Stdout => b"stdout",
            Stream::Stderr => b"stderr",
        };
        self.head[36..42].copy_from_slice(name);
        self.head[43] = if complete { b'F' } else { b'P' };
    }

    /// Sends one record to journald; a journal that was restarted is connected to again.
    fn send(&mut self, journal: &Journal<'_>, stream: Stream, complete: bool, text: &[u8]) {
        // As sd_journal_print(3) would log it: what goes wrong is an error.
        let priority: &[u8] = match stream {
            Stream::Stdout => b"PRIORITY=6\n",
            Stream::Stderr => b"PRIORITY=3\n",
        };
        let partial: &[u8] = if complete {
            b""
        } else {
            b"CONTAINER_PARTIAL_MESSAGE=true\n"
        };
        let length = (text.len() as u64).to_le_bytes();
        let parts: [&[u8]; 7] = [
            journal.fields,
            priority,
            partial,
            b"MESSAGE\n",
            &length,
            text,
            b"\n",
        ];
        for _ in 0..2 {
            if self.socket < 0 {
                self.socket = journal::connect(journal.path);
            }
            if self.socket >= 0 && journal::send(self.socket, &parts) {
                return;
            }
            if self.socket >= 0 {
                raw::close(self.socket);
                self.socket = -1;
            }
        }
        self.lost += text.len() as u64 + u64::from(complete);
    }

    /// Writes what was collected, putting the file aside when it would grow too big.
    pub fn flush(&mut self) {
        if self.used == 0 {
            return;
        }
        let used = self.used as u64;
        if self.limit > 0 && self.size > 0 && self.size + used > self.limit {
            self.rotate();
        }
        if self.file < 0 {
            self.reopen(); // its directory entry may have been freed by now
        }
        if self.append() {
            self.size += used;
        } else {
            self.lost += self.text_used;
        }
        self.used = 0;
        self.text_used = 0;
    }

    /// Appends the batch whole or not at all, so that no record is torn.
    fn append(&mut self) -> bool {
        let mut done = 0;
        while done < self.used {
            match raw::write(self.file, &self.batch[done..self.used]) {
                Ok(count) if count > 0 => done += count,
                Err(raw::EINTR) => {}
                _ => {
                    // Somebody may have truncated the file: trust its size, not ours.
                    if done > 0
                        && let Ok(size) = calls::seek_end(self.file)
                    {
                        let _ = calls::truncate(self.file, size.saturating_sub(done as u64));
                    }
                    return false;
                }
            }
        }
        true
    }

    /// Renames the file to `NAME.1`, over the one before, and begins a new one.
    fn rotate(&mut self) {
        let mut aside = [0u8; NAME_MAX + 1];
        let name = self.name.to_bytes();
        if name.len() + 2 > NAME_MAX {
            return;
        }
        aside[..name.len()].copy_from_slice(name);
        aside[name.len()..name.len() + 2].copy_from_slice(b".1");
        let Ok(aside) = CStr::from_bytes_until_nul(&aside) else {
            return;
        };
        if calls::rename(self.directory, self.name, aside).is_err() {
            return;
        }
        raw::close(self.file);
        self.file = -1;
        self.size = 0;
        self.reopen();
    }

    /// Writes what was collected and lends the room for it.
    pub fn scratch(&mut self) -> &mut [u8] {
        self.flush();
        self.batch
    }

    pub fn close(&mut self) {
        self.flush();
        if self.socket >= 0 {
            raw::close(self.socket);
            self.socket = -1;
        }
        if self.file >= 0 {
            raw::close(self.file);
            self.file = -1;
        }
    }
}

/// Writes `YYYY-MM-DDTHH:MM:SS` of the proleptic Gregorian calendar.
///
/// Days are counted from 0000-03-01, so that a leap day is the last of its year.
pub fn write_date_time(into: &mut [u8], seconds: i64) {
    let seconds = seconds.clamp(0, 253_402_300_799); // 1970 to the end of 9999
    let (days, second) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    write_decimal(&mut into[0..4], year as u64);
    write_decimal(&mut into[5..7], month as u64);
    write_decimal(&mut into[8..10], day as u64);
    write_decimal(&mut into[11..13], (second / 3600) as u64);
    write_decimal(&mut into[14..16], (second / 60 % 60) as u64);
    write_decimal(&mut into[17..19], (second % 60) as u64);
}

/// Fills `into` with the last digits of `value`, zeros first.
pub fn write_decimal(into: &mut [u8], mut value: u64) {
    for digit in into.iter_mut().rev() {
        *digit = b'0' + (value % 10) as u8;
        value /= 10;
    }
}
