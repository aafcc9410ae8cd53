//! Signals as something to read: blocked, and told through a descriptor.
//!
//! signalfd(2), signal(7). Meant for a process with one thread: others must block the
//! same signals themselves.

use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use crate::sys::{SysError, check};

/// SIGWINCH: the terminal has another size.
pub const WINDOW_CHANGED: i32 = libc::SIGWINCH;

/// Signals that would end a command and leave its terminal raw.
pub const FATAL: [i32; 4] = [libc::SIGHUP, libc::SIGINT, libc::SIGQUIT, libc::SIGTERM];

/// Signals a command passes on to what it stands for.
///
/// Not SIGCHLD, SIGPIPE and SIGWINCH, which are about the command itself; not those of job
/// control, so that Ctrl-Z stops the command; not those that tell of its own faults.
pub fn proxied() -> Vec<i32> {
    let mut signals = FATAL.to_vec();
    signals.extend([
        libc::SIGABRT,
        libc::SIGUSR1,
        libc::SIGUSR2,
        libc::SIGALRM,
        libc::SIGVTALRM,
        libc::SIGPROF,
        libc::SIGIO,
        libc::SIGPWR,
        libc::SIGSYS,
    ]);
    signals.extend(libc::SIGRTMIN()..=libc::SIGRTMAX());
    signals
}

/// Signals held back from this thread until this value is dropped.
#[derive(Debug)]
pub struct Caught {
    fd: OwnedFd,
    before: libc::sigset_t,
}

impl Caught {
    /// Blocks the signals and opens a descriptor that tells of them.
    pub fn new(signals: &[i32]) -> Result<Self, SysError> {
        let mut set = MaybeUninit::uninit();
        // SAFETY: sigemptyset initialises the set it is given.
        let mut set: libc::sigset_t = unsafe {
            libc::sigemptyset(set.as_mut_ptr());
            set.assume_init()
        };
        for signal in signals {
            // SAFETY: the set is initialised; a wrong number is refused.
            unsafe { libc::sigaddset(&raw mut set, *signal) };
        }
        // SAFETY: the set outlives the call.
        let fd = check("signalfd", String::new, unsafe {
            let flags = libc::SFD_CLOEXEC | libc::SFD_NONBLOCK;
            i64::from(libc::signalfd(-1, &raw const set, flags))
        })?;
        // SAFETY: the kernel has just given us this descriptor.
        let fd = unsafe { OwnedFd::from_raw_fd(fd as i32) };
        let mut before = MaybeUninit::uninit();
        // SAFETY: both sets outlive the call, which fills `before` when it succeeds.
        let errno =
            unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, &raw const set, before.as_mut_ptr()) };
        if errno != 0 {
            return Err(SysError::new("pthread_sigmask", "SIG_BLOCK", errno));
        }
        // SAFETY: pthread_sigmask succeeded.
        let before = unsafe { before.assume_init() };
        Ok(Self { fd, before })
    }

    /// Takes the next signal that has arrived, if any.
    pub fn next(&self) -> Option<i32> {
        let mut told = MaybeUninit::<libc::signalfd_siginfo>::uninit();
        let size = size_of::<libc::signalfd_siginfo>();
        // SAFETY: the buffer has the size given.
        let count = unsafe { libc::read(self.fd.as_raw_fd(), told.as_mut_ptr().cast(), size) };
        // SAFETY: a signalfd gives whole records.
        (count == size as isize).then(|| unsafe { told.assume_init() }.ssi_signo as i32)
    }
}

impl AsFd for Caught {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

impl Drop for Caught {
    fn drop(&mut self) {
        // SAFETY: the mask was given to us by the call this one undoes.
        unsafe {
            libc::pthread_sigmask(
                libc::SIG_SETMASK,
                &raw const self.before,
                std::ptr::null_mut(),
            );
        }
    }
}
