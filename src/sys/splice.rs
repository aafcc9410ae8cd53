//! Bytes between a file and a pipe that do not pass through our memory: splice(2).

use std::os::fd::AsFd;

use rustix::io::Errno;
use rustix::pipe::SpliceFlags;

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
