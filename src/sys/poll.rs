//! Waiting for several descriptors at once, and reading and writing them meanwhile.
//!
//! poll(2), read(2), write(2). What is interrupted reports nothing ready.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::time::Duration;

use crate::sys::{SysError, check};

/// What one descriptor is watched for, and what was found.
#[derive(Debug)]
pub struct Watched<'a> {
    fd: Option<BorrowedFd<'a>>,
    events: i16,
    found: i16,
}

impl<'a> Watched<'a> {
    /// `None` is never ready.
    pub fn new(fd: Option<BorrowedFd<'a>>) -> Self {
        Self {
            fd,
            events: 0,
            found: 0,
        }
    }

    pub fn readable_if(mut self, wanted: bool) -> Self {
        self.events |= if wanted { libc::POLLIN } else { 0 };
        self
    }

    pub fn writable_if(mut self, wanted: bool) -> Self {
        self.events |= if wanted { libc::POLLOUT } else { 0 };
        self
    }

    /// Readable, at its end, or broken.
    pub fn can_read(&self) -> bool {
        self.found & !libc::POLLOUT != 0
    }

    /// Writable or broken.
    pub fn can_write(&self) -> bool {
        self.found & !libc::POLLIN != 0
    }
}

/// Waits until one of them is ready; `None` waits without limit.
///
/// What is watched for nothing is left out, so that a closed other end cannot spin.
pub fn poll(watched: &mut [Watched<'_>], timeout: Option<Duration>) -> Result<(), SysError> {
    let mut entries: Vec<libc::pollfd> = watched
        .iter()
        .map(|one| libc::pollfd {
            fd: match one.fd {
                Some(fd) if one.events != 0 => fd.as_raw_fd(),
                _ => -1,
            },
            events: one.events,
            revents: 0,
        })
        .collect();
    let millis = timeout.map_or(-1, |t| {
        t.as_micros().div_ceil(1000).min(i32::MAX as u128) as i32
    });
    // SAFETY: the entries live until the call returns.
    let result = unsafe { libc::poll(entries.as_mut_ptr(), entries.len() as libc::nfds_t, millis) };
    match check("poll", String::new, result.into()) {
        Err(error) if error.errno == libc::EINTR => return Ok(()),
        other => other?,
    };
    for (one, entry) in watched.iter_mut().zip(entries) {
        one.found = entry.revents;
    }
    Ok(())
}

/// What one attempt to read or write came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// So many bytes; 0 from a read is the end.
    Bytes(usize),
    NotYet,
    Failed(SysError),
}

impl Moved {
    fn from(call: &'static str, fd: BorrowedFd<'_>, count: isize) -> Self {
        if count >= 0 {
            return Self::Bytes(count as usize);
        }
        let error = SysError::last(call, fd.as_raw_fd().to_string());
        match error.errno {
            libc::EAGAIN | libc::EINTR => Self::NotYet,
            _ => Self::Failed(error),
        }
    }
}

pub fn read(fd: impl AsFd, buffer: &mut [u8]) -> Moved {
    let fd = fd.as_fd();
    // SAFETY: the buffer has the length given.
    let count = unsafe { libc::read(fd.as_raw_fd(), buffer.as_mut_ptr().cast(), buffer.len()) };
    Moved::from("read", fd, count)
}

pub fn write(fd: impl AsFd, bytes: &[u8]) -> Moved {
    let fd = fd.as_fd();
    // SAFETY: the bytes outlive the call.
    let count = unsafe { libc::write(fd.as_raw_fd(), bytes.as_ptr().cast(), bytes.len()) };
    Moved::from("write", fd, count)
}

/// Whether a write of any length returns at once: a regular file.
pub fn never_blocks(fd: impl AsFd) -> bool {
    rustix::fs::fstat(fd)
        .is_ok_and(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode).is_file())
}

impl Moved {
    /// Nobody reads what would be written.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Failed(error) if error.errno == libc::EPIPE)
    }
}
