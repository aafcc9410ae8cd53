//! The exit record: one line of words, written once; read by `ExitRecord` of `types`.
//!
//! The file is made and given its block when the container starts, so that a disk that is
//! full by the end cannot lose the exit code: then it is only overwritten and renamed.

use super::calls;
use crate::raw;
use core::ffi::CStr;

/// More than every record needs.
pub const RECORD_MAX: usize = 192;

/// The code of a container that ran out of its time, as conmon writes it.
pub const TIMED_OUT: i32 = 255;

const NAME: &CStr = c"exit";
const STAGED: &CStr = c".exit.new";

/// How init ended, as wait(2) told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// 0–255; 128+n for a signal.
    pub code: i32,
    /// The signal that ended it, or 0.
    pub signal: i32,
    /// The kernel's out-of-memory killer struck in its cgroup.
    pub oom: bool,
    /// Bytes of output that the log could not keep.
    pub lost: u64,
    /// When it ended, nanoseconds since the epoch.
    pub time: u64,
    /// False when somebody else collected its status: the code is then 255.
    pub known: bool,
    /// The server of its root file system ended first.
    pub unserved: bool,
    /// The command that started the container was there to hear of its end.
    pub told: bool,
}

impl Ended {
    /// Reads a wait status: `WIFSIGNALED`, `WEXITSTATUS`.
    pub fn from_status(status: i32) -> Self {
        let signal = status & 0x7f;
        let code = if signal != 0 {
            128 + signal
        } else {
            status >> 8 & 0xff
        };
        Self {
            code,
            signal,
            known: true,
            ..Self::unknown()
        }
    }

    /// It is gone and nobody can say how.
    pub fn unknown() -> Self {
        Self {
            code: 255,
            signal: 0,
            oom: false,
            lost: 0,
            time: now(),
            known: false,
            unserved: false,
            told: false,
        }
    }
}

fn now() -> u64 {
    let (seconds, nanoseconds) = calls::wall();
    seconds.max(0) as u64 * 1_000_000_000 + u64::from(nanoseconds)
}

/// The record's text, made once: the same for the file and for every client.
pub struct Record {
    bytes: [u8; RECORD_MAX],
    length: usize,
}

impl Record {
    pub fn new(ended: &Ended) -> Self {
        let mut record = Self {
            bytes: [0; RECORD_MAX],
            length: 0,
        };
        record.word(b"code=", ended.code as u64);
        record.word(b" signal=", ended.signal as u64);
        record.word(b" time=", ended.time);
        record.word(b" oom=", u64::from(ended.oom));
        record.word(b" known=", u64::from(ended.known));
        record.word(b" lost=", ended.lost);
        record.text(b"\n");
        if ended.unserved {
            record.text(b"fuse-overlayfs, which served its files, ended first");
        }
        record
    }

    pub fn text_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    fn text(&mut self, text: &[u8]) {
        self.bytes[self.length..self.length + text.len()].copy_from_slice(text);
        self.length += text.len();
    }

    fn word(&mut self, key: &[u8], value: u64) {
        self.text(key);
        let mut digits = [0u8; 20];
        super::log::write_decimal(&mut digits, value);
        let first = digits
            .iter()
            .position(|d| *d != b'0')
            .unwrap_or(digits.len() - 1);
        self.text(&digits[first..]);
    }
}

/// The file the record will go to.
pub struct Staged {
    directory: i32,
    file: i32,
    written: bool,
}

impl Staged {
    /// Makes the file and gives it its block; a failure is tried again at the end.
    pub fn prepare(directory: i32) -> Self {
        let mut staged = Self {
            directory,
            file: -1,
            written: false,
        };
        staged.create();
        staged
    }

    fn create(&mut self) {
        if self.directory < 0 {
            return;
        }
        let _ = calls::unlink(self.directory, STAGED); // of a monitor that was killed
        let flags = raw::O_WRONLY | raw::O_CREAT | raw::O_EXCL | raw::O_NOFOLLOW | raw::O_CLOEXEC;
        if let Ok(file) = raw::openat(self.directory, STAGED, flags, 0o600) {
            let _ = calls::write_at(file, &[b' '; RECORD_MAX], 0);
            self.file = file;
        }
    }

    /// Makes the record visible, once; later calls do nothing.
    pub fn write(&mut self, record: &Record) {
        if self.written || self.directory < 0 {
            return;
        }
        self.written = true;
        if self.file < 0 {
            self.create();
        }
        let text = record.text_bytes();
        let whole = calls::write_at(self.file, text, 0) == Ok(text.len())
            && calls::truncate(self.file, text.len() as u64).is_ok();
        if whole {
            let _ = calls::rename(self.directory, STAGED, NAME);
        }
        if self.file >= 0 {
            raw::close(self.file);
        }
    }

    pub fn is_written(&self) -> bool {
        self.written
    }
}

/// Whether `memory.events` of a cgroup counts an `oom_kill`: cgroup-v2.rst, "Memory".
pub fn oom_killed(cgroup: i32) -> bool {
    if cgroup < 0 {
        return false;
    }
    let Ok(file) = raw::openat(cgroup, c"memory.events", raw::O_RDONLY | raw::O_CLOEXEC, 0) else {
        return false;
    };
    let mut text = [0u8; 512];
    let count = raw::read(file, &mut text).unwrap_or(0);
    raw::close(file);
    const KEY: &[u8] = b"oom_kill ";
    text[..count]
        .split(|byte| *byte == b'\n')
        .filter_map(|line| line.strip_prefix(KEY))
        .any(|number| number != b"0")
}
