//! Bytes between a file and a pipe that do not pass through our memory: splice(2).

use std::os::fd::{AsFd, OwnedFd};

use rustix::io::Errno;
use rustix::pipe::{PipeFlags, SpliceFlags};

use crate::sys::SysError;

/// What is asked for at once, in bytes: as much as our pipes hold.
const MOST: u64 = 1 << 20;

/// Moves up to `count` bytes, one of the two being a pipe; 0 is the end of `from`.
///
/// EAGAIN where a pipe that does not block is full, EINVAL where a file system cannot do it.
pub fn splice(from: impl AsFd, to: impl AsFd, count: u64) -> Result<usize, SysError> {
    let most = count.min(MOST) as usize;
    loop {
        match rustix::pipe::splice(&from, None, &to, None, most, SpliceFlags::MOVE) {
            Err(Errno::INTR) => {}
            Err(errno) => return Err(SysError::new("splice", "", errno.raw_os_error())),
            Ok(moved) => return Ok(moved),
        }
    }
}

/// A pipe that does not block.
#[derive(Debug)]
pub struct Pipe {
    pub read: OwnedFd,
    pub write: OwnedFd,
}

impl Pipe {
    /// One that holds so many bytes, or as many as the user's pipes may hold by now: pipe(7),
    /// `pipe-user-pages-soft`.
    pub fn of_about(bytes: usize) -> Result<Self, SysError> {
        let flags = PipeFlags::CLOEXEC | PipeFlags::NONBLOCK;
        let (read, write) = rustix::pipe::pipe_with(flags)
            .map_err(|errno| SysError::new("pipe2", "", errno.raw_os_error()))?;
        let _ = rustix::pipe::fcntl_setpipe_size(&write, bytes);
        Ok(Self { read, write })
    }
}
