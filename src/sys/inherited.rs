//! What a process got from whoever started it and cannot work with.
//!
//! signal(7), getrlimit(2). Umask, working directory and descriptors are others' business.

use std::mem::MaybeUninit;

use crate::sys::SysError;

/// Descriptors a start needs at once; its channels have numbers from 100 up.
const DESCRIPTORS: u64 = 1024;

/// Gives SIGCHLD its meaning back and makes room for descriptors.
///
/// A caller that ignores SIGCHLD (a shell's `trap '' CHLD`, some cron and CI runners) hands
/// that down through execve: children then leave no status, and every wait is ECHILD: wait(2),
/// NOTES. A soft limit of descriptors is a default, the hard one is the rule.
pub fn mend() {
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

/// Makes a file this process's standard output from now on.
pub fn replace_output(file: std::fs::File) -> Result<(), SysError> {
    rustix::stdio::dup2_stdout(file)
        .map_err(|errno| SysError::new("dup2", "1", errno.raw_os_error()))
}
