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

/// What a pipe that reports room takes without blocking: PIPE_BUF, pipe(7).
const PIPE_ROOM: usize = 4096;

/// Writes as much as is taken at once; for descriptors whose O_NONBLOCK is not ours to set.
///
/// The caller has seen it writable by [`poll`].
pub fn write_at_once(fd: impl AsFd, bytes: &[u8]) -> Moved {
    let fd = fd.as_fd();
    // A regular file is always ready, and may refuse to be asked as below for ever.
    if is_never_full(fd) {
        return write(fd, bytes);
    }
    let part = libc::iovec {
        iov_base: bytes.as_ptr().cast_mut().cast(),
        iov_len: bytes.len(),
    };
    // Pipes know RWF_NOWAIT since Linux 6.5, sockets longer, terminals not at all.
    // SAFETY: one entry, whose bytes outlive the call and are only read.
    let count = unsafe { libc::pwritev2(fd.as_raw_fd(), &raw const part, 1, -1, libc::RWF_NOWAIT) };
    match Moved::from("pwritev2", fd, count) {
        Moved::Failed(error) if is_unknown(error.errno) => {
            write(fd, &bytes[..bytes.len().min(PIPE_ROOM)])
        }
        moved => moved,
    }
}

fn is_unknown(errno: i32) -> bool {
    matches!(
        errno,
        libc::EOPNOTSUPP | libc::ENOSYS | libc::EINVAL | libc::ESPIPE
    )
}

/// A file, or a device such as /dev/null: there is no other end that could be slow.
fn is_never_full(fd: BorrowedFd<'_>) -> bool {
    use rustix::fs::FileType;
    rustix::fs::fstat(fd).is_ok_and(|stat| match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => true,
        FileType::CharacterDevice => !rustix::termios::isatty(fd),
        _ => false,
    })
}

impl Moved {
    /// Nobody reads what would be written.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Failed(error) if error.errno == libc::EPIPE)
    }
}
