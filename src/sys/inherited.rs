//! What a process got from whoever started it and cannot work with.
//!
//! signal(7), getrlimit(2). Umask and working directory are others' business.

use std::mem::MaybeUninit;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::sys::SysError;

/// Descriptors a start needs at once; its channels have numbers from 100 up.
const DESCRIPTORS: u64 = 1024;

/// Gives SIGCHLD its meaning back and makes room for descriptors.
///
/// A caller that ignores SIGCHLD (a shell's `trap '' CHLD`, some cron and CI runners) hands
/// that down through execve: children then leave no status, and every wait is ECHILD: wait(2),
/// NOTES. A soft limit of descriptors is a default, the hard one is the rule.
pub fn mend() {
    note_descriptors();
    // SAFETY: SIG_DFL is a disposition, not a function; no handler of ours is replaced, for
    // this runs before anything else.
    unsafe { libc::signal(libc::SIGCHLD, libc::SIG_DFL) };
    let mut limit = MaybeUninit::<libc::rlimit>::uninit();
    // SAFETY: getrlimit fills the struct it is given when it returns 0.
    let limit = unsafe {
        if libc::getrlimit(libc::RLIMIT_NOFILE, limit.as_mut_ptr()) != 0 {
            return;
        }
        limit.assume_init()
    };
    if limit.rlim_cur < DESCRIPTORS {
        let raised = libc::rlimit {
            rlim_cur: limit.rlim_max.min(DESCRIPTORS),
            rlim_max: limit.rlim_max,
        };
        // SAFETY: the struct outlives the call. A failure leaves what was there.
        unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &raw const raised) };
    }
}

/// The highest number that a start gives a descriptor, and a few to spare.
const HIGHEST: u64 = 230;

/// Says whether a start has room for its descriptors; the hard limit may not leave it.
pub fn check_descriptors() -> Result<(), SysError> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    match limit.current {
        Some(current) if current < HIGHEST => {
            let said = format!("RLIMIT_NOFILE is {current}, a start needs {HIGHEST}");
            Err(SysError::new("getrlimit", said, libc::EMFILE))
        }
        _ => Ok(()),
    }
}

/// Which of the descriptors 0 to 127 were open when this program began.
static OPEN: [AtomicU64; 2] = [AtomicU64::new(0), AtomicU64::new(0)];

/// Notes which descriptors the caller handed down, before we open any of our own.
fn note_descriptors() {
    const POLLNVAL: i16 = libc::POLLNVAL;
    let mut all: [libc::pollfd; 128] = std::array::from_fn(|fd| libc::pollfd {
        fd: fd as i32,
        events: 0,
        revents: 0,
    });
    // SAFETY: the array outlives the call; asking for no events only tells what is open.
    if unsafe { libc::poll(all.as_mut_ptr(), 128, 0) } < 0 {
        return;
    }
    for (fd, entry) in all.iter().enumerate() {
        if entry.revents & POLLNVAL == 0 {
            OPEN[fd / 64].fetch_or(1 << (fd % 64), Ordering::Relaxed);
        }
    }
}

/// Copies a descriptor the caller handed down; `None` where that number was not open then.
pub fn handed_down(number: i32) -> Result<Option<OwnedFd>, SysError> {
    let Some(word) = usize::try_from(number).ok().and_then(|n| OPEN.get(n / 64)) else {
        return Ok(None);
    };
    if word.load(Ordering::Relaxed) >> (number % 64) & 1 == 0 {
        return Ok(None);
    }
    // SAFETY: the number was open before anything of ours was, and nothing of ours closes it.
    let theirs = unsafe { BorrowedFd::borrow_raw(number) };
    theirs.try_clone_to_owned().map(Some).map_err(|error| {
        SysError::new(
            "fcntl",
            number.to_string(),
            error.raw_os_error().unwrap_or(0),
        )
    })
}

/// Makes a file this process's standard error from now on.
pub fn replace_error_output(file: std::fs::File) -> Result<(), SysError> {
    rustix::stdio::dup2_stderr(file)
        .map_err(|errno| SysError::new("dup2", "2", errno.raw_os_error()))
}

/// Makes a file this process's standard output from now on.
pub fn replace_output(file: std::fs::File) -> Result<(), SysError> {
    rustix::stdio::dup2_stdout(file)
        .map_err(|errno| SysError::new("dup2", "1", errno.raw_os_error()))
}
