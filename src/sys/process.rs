//! Other processes by pidfd, and what this process may tell the kernel about itself.
//!
//! pidfd_open(2), waitid(2), prctl(2), proc(5). Making processes is in `spawn.rs`.

use std::fs;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::time::{Duration, Instant};

use crate::sys::{SysError, check};

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Exited(i32),
    Signaled(i32),
}

/// A handle that keeps meaning the same process after its number was reused.
#[derive(Debug)]
pub struct Pidfd(OwnedFd);

impl Pidfd {
    /// Opens a process by number; ESRCH when there is none.
    pub fn open(pid: i32) -> Result<Self, SysError> {
        // SAFETY: numbers only; libc has no wrapper.
        let fd = check("pidfd_open", || pid.to_string(), unsafe {
            libc::syscall(libc::SYS_pidfd_open, pid, 0)
        })?;
        // SAFETY: the kernel has just given us this descriptor (always close-on-exec).
        Ok(Self(unsafe { OwnedFd::from_raw_fd(fd as i32) }))
    }

    pub(in crate::sys) fn from_owned(fd: OwnedFd) -> Self {
        Self(fd)
    }

    /// Sends a signal; ESRCH when the process has ended and was waited for.
    pub fn signal(&self, signal: i32) -> Result<(), SysError> {
        // SAFETY: numbers and a null siginfo, which the kernel fills in itself.
        check("pidfd_send_signal", || signal.to_string(), unsafe {
            libc::syscall(
                libc::SYS_pidfd_send_signal,
                self.0.as_raw_fd(),
                signal,
                std::ptr::null::<libc::siginfo_t>(),
                0,
            )
        })
        .map(|_| ())
    }

    /// Waits until the process has ended; says whether it did within the time.
    pub fn ended_within(&self, timeout: Duration) -> Result<bool, SysError> {
        readable_within(self.0.as_fd(), timeout)
    }

    /// Whether the process is alive at this moment; a zombie is not.
    pub fn alive(&self) -> bool {
        matches!(self.ended_within(Duration::ZERO), Ok(false))
    }

    /// Collects a child that ended within the time; `None` when it did not.
    pub fn wait(&self, timeout: Duration) -> Result<Option<Ended>, SysError> {
        if !self.ended_within(timeout)? {
            return Ok(None);
        }
        loop {
            // SAFETY: all-zero bytes are a valid siginfo_t.
            let mut status: libc::siginfo_t = unsafe { std::mem::zeroed() };
            // SAFETY: `status` lives until the call returns.
            let result = unsafe {
                libc::waitid(
                    libc::P_PIDFD,
                    self.0.as_raw_fd() as libc::id_t,
                    &raw mut status,
                    libc::WEXITED,
                )
            };
            match check("waitid", || "P_PIDFD".to_owned(), result.into()) {
                Err(error) if error.errno == libc::EINTR => {}
                Err(error) => return Err(error),
                Ok(_) => {
                    // SAFETY: waitid succeeded, so this is a SIGCHLD siginfo with a status.
                    let value = unsafe { status.si_status() };
                    return Ok(Some(if status.si_code == libc::CLD_EXITED {
                        Ended::Exited(value)
                    } else {
                        Ended::Signaled(value)
                    }));
                }
            }
        }
    }
}

impl AsFd for Pidfd {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl From<Pidfd> for OwnedFd {
    fn from(pidfd: Pidfd) -> OwnedFd {
        pidfd.0
    }
}

/// Waits until the descriptor is readable (or its other end is closed); says whether it became so.
pub fn readable_within(fd: BorrowedFd<'_>, timeout: Duration) -> Result<bool, SysError> {
    let until = Instant::now() + timeout;
    loop {
        let left = until.saturating_duration_since(Instant::now());
        // Rounded up: a wait of half a millisecond is not a busy loop.
        let millis = left.as_micros().div_ceil(1000).min(i32::MAX as u128) as i32;
        let mut entry = libc::pollfd {
            fd: fd.as_raw_fd(),
            events: libc::POLLIN,
            revents: 0,
        };
        // SAFETY: one entry, which lives until the call returns.
        let result = unsafe { libc::poll(&raw mut entry, 1, millis) };
        match check("poll", || fd.as_raw_fd().to_string(), result.into()) {
            Err(error) if error.errno == libc::EINTR => {}
            Err(error) => return Err(error),
            Ok(0) if Instant::now() < until => {}
            Ok(count) => return Ok(count > 0),
        }
    }
}

/// Returns when a process started, in clock ticks since boot: field 22 of /proc/PID/stat.
///
/// `None` when there is no such process or procfs hides it.
pub fn start_time(pid: i32) -> Option<u64> {
    stat_field(&stat_line(pid)?, 22)
}

/// Whether the kernel has begun to take the process apart: PF_EXITING in field 9.
///
/// The flag is set before its descriptors are closed, so whoever got a lock because its holder
/// is ending sees it here although the pidfd still says alive (kernel/exit.c, do_exit).
pub fn is_exiting(pid: i32) -> bool {
    const PF_EXITING: u64 = 0x4;
    let Some(text) = stat_line(pid) else {
        return true;
    };
    stat_field(&text, 9).is_none_or(|flags| flags & PF_EXITING != 0)
}

/// Reads /proc/PID/stat. The name in it is whatever bytes the process gave itself, a container's
/// included: PR_SET_NAME(2const).
fn stat_line(pid: i32) -> Option<String> {
    let bytes = fs::read(format!("/proc/{pid}/stat")).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Field `number` (from 4 on) of a stat line; the name in field 2 may hold anything, `)` included.
fn stat_field(line: &str, number: usize) -> Option<u64> {
    let (_, rest) = line.rsplit_once(") ")?;
    rest.split(' ').nth(number - 3)?.trim_end().parse().ok()
}

/// How many threads this process has; forking and joining user namespaces want one.
pub fn thread_count() -> usize {
    fs::read_dir("/proc/self/task").map_or(1, Iterator::count)
}

/// Returns the effective user and group.
pub fn effective_ids() -> (u32, u32) {
    // SAFETY: cannot fail and touches no memory.
    unsafe { (libc::geteuid(), libc::getegid()) }
}

pub fn own_pid() -> i32 {
    // SAFETY: cannot fail and touches no memory.
    unsafe { libc::getpid() }
}

pub fn parent_pid() -> i32 {
    // SAFETY: cannot fail and touches no memory.
    unsafe { libc::getppid() }
}

/// Has the kernel send this signal when the *thread* that made this process ends.
///
/// Cleared by every change of credentials that gains something: set it last, then compare
/// [`parent_pid`] with the pid the parent told (PR_SET_PDEATHSIG(2const)).
pub fn die_with_parent(signal: i32) -> Result<(), SysError> {
    prctl("PR_SET_PDEATHSIG", libc::PR_SET_PDEATHSIG, signal as u64)
}

/// Sets whether others of the same user may trace this process or look into its /proc.
pub fn set_dumpable(dumpable: bool) -> Result<(), SysError> {
    prctl("PR_SET_DUMPABLE", libc::PR_SET_DUMPABLE, dumpable.into())
}

/// Has every orphan among this process's descendants become its child: PR_SET_CHILD_SUBREAPER.
pub fn become_subreaper() -> Result<(), SysError> {
    prctl("PR_SET_CHILD_SUBREAPER", libc::PR_SET_CHILD_SUBREAPER, 1)
}

/// Gives up gaining privileges by exec, for good.
pub fn set_no_new_privs() -> Result<(), SysError> {
    prctl("PR_SET_NO_NEW_PRIVS", libc::PR_SET_NO_NEW_PRIVS, 1)
}

/// Whether privileges can no longer be gained by exec: then newuidmap cannot work.
pub fn has_no_new_privs() -> bool {
    // SAFETY: numbers only.
    unsafe { libc::prctl(libc::PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 }
}

fn prctl(name: &'static str, option: i32, value: u64) -> Result<(), SysError> {
    // SAFETY: none of the options above takes a pointer.
    check("prctl", || format!("{name}, {value}"), unsafe {
        libc::prctl(option, value, 0, 0, 0).into()
    })
    .map(|_| ())
}

/// Sets soft and hard limit of a resource, such as `libc::RLIMIT_CORE`, to the same value.
pub fn limit(resource: Resource, value: u64) -> Result<(), SysError> {
    let number = match resource {
        Resource::AddressSpace => libc::RLIMIT_AS,
        Resource::Core => libc::RLIMIT_CORE,
        Resource::Files => libc::RLIMIT_NOFILE,
        Resource::LockedMemory => libc::RLIMIT_MEMLOCK,
        Resource::MessageQueues => libc::RLIMIT_MSGQUEUE,
    };
    let wanted = libc::rlimit {
        rlim_cur: value,
        rlim_max: value,
    };
    // SAFETY: `wanted` lives until the call returns.
    check("setrlimit", || format!("{resource:?}, {value}"), unsafe {
        libc::setrlimit(number, &raw const wanted).into()
    })
    .map(|_| ())
}

/// Lets this process open as many files as it may, and returns how many: getrlimit(2).
pub fn allow_files() -> u64 {
    // SAFETY: an rlimit is two numbers, for which zero is a value.
    let mut now: libc::rlimit = unsafe { std::mem::zeroed() };
    // SAFETY: `now` lives until the calls return.
    unsafe {
        if libc::getrlimit(libc::RLIMIT_NOFILE, &raw mut now) != 0 {
            return 0;
        }
        let before = now.rlim_cur;
        now.rlim_cur = now.rlim_max;
        match libc::setrlimit(libc::RLIMIT_NOFILE, &raw const now) {
            0 => now.rlim_cur,
            _ => before,
        }
    }
}

/// What [`limit`] limits: getrlimit(2).
#[derive(Debug, Clone, Copy)]
pub enum Resource {
    AddressSpace,
    Core,
    Files,
    LockedMemory,
    MessageQueues,
}

/// Whether this process holds a capability (its number: capabilities(7)) in its user namespace.
pub fn has_capability(number: u8) -> bool {
    let Ok(text) = fs::read_to_string("/proc/self/status") else {
        return false;
    };
    text.lines()
        .find_map(|line| line.strip_prefix("CapEff:"))
        .and_then(|hex| u64::from_str_radix(hex.trim(), 16).ok())
        .is_some_and(|set| set >> number & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_does_not_move_the_fields() {
        let mut line = String::from("7 (a) b) 3 (x) S");
        for number in 4..=52 {
            line.push_str(&format!(" {number}"));
        }
        assert_eq!(stat_field(&line, 22), Some(22));
        assert_eq!(stat_field(&line, 9), Some(9));
        assert_eq!(stat_field(&line, 99), None);
        assert_eq!(stat_field("", 22), None);
    }

    #[test]
    fn we_are_alive_and_have_started() {
        let us = Pidfd::open(own_pid()).expect("we exist");
        assert!(us.alive());
        assert!(start_time(own_pid()).is_some());
        assert!(!is_exiting(own_pid()));
        assert!(is_exiting(i32::MAX));
        assert_eq!(start_time(i32::MAX), None);
    }
}
