//! Descriptors a process was started with, and closing all others.
//!
//! close_range(2).

use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use crate::sys::{SysError, check};

/// Takes `count` inherited descriptors from `first` on; EBADF when one is not open.
///
/// To be called once, first thing in a program: it trusts that nobody owns these numbers yet.
pub fn inherited(first: RawFd, count: usize) -> Result<Vec<OwnedFd>, SysError> {
    let numbers = (0..count).map(|index| first + index as RawFd);
    // None is owned before all are known to be open: an error must not close a stranger's.
    for fd in numbers.clone() {
        // SAFETY: numbers only.
        check("fcntl", || format!("{fd}, F_SETFD"), unsafe {
            libc::fcntl(fd, libc::F_SETFD, libc::FD_CLOEXEC).into()
        })?;
    }
    // SAFETY: open, as just seen, and by this function's contract owned by nobody else.
    Ok(numbers
        .map(|fd| unsafe { OwnedFd::from_raw_fd(fd) })
        .collect())
}

/// Lets the programs that this process becomes keep a descriptor.
pub fn inherit(fd: BorrowedFd<'_>) -> Result<(), SysError> {
    let number = fd.as_raw_fd();
    // SAFETY: numbers only.
    check("fcntl", || format!("{number}, F_SETFD"), unsafe {
        libc::fcntl(number, libc::F_SETFD, 0).into()
    })
    .map(|_| ())
}

/// Closes every descriptor above 2 that is not listed.
///
/// For a process that is about to stop using whatever those descriptors belonged to.
pub fn close_all_but(keep: &[RawFd]) -> Result<(), SysError> {
    let mut keep: Vec<RawFd> = keep.iter().copied().filter(|fd| *fd > 2).collect();
    keep.sort_unstable();
    keep.dedup();
    let mut from = 3u32;
    for fd in keep {
        let fd = fd as u32;
        if fd > from {
            close_range(from, fd - 1)?;
        }
        from = fd + 1;
    }
    close_range(from, u32::MAX)
}

fn close_range(first: u32, last: u32) -> Result<(), SysError> {
    // SAFETY: numbers only; the caller has given up what is closed here.
    check("close_range", || format!("{first}, {last}"), unsafe {
        libc::syscall(libc::SYS_close_range, first, last, 0)
    })
    .map(|_| ())
}
