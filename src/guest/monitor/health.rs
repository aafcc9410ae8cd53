//! When health is checked. The check itself is a command of the engine, one at a time: what it
//! finds it writes down and acts upon, and only its exit code is for us.

use super::calls;
use crate::raw::*;
use crate::wire_health as wire;
use core::ffi::CStr;

/// The most words of the command.
pub const WORDS: usize = 16;

/// What is run, and when. Times in milliseconds of the clock nobody can set; 0 is never.
#[derive(Clone, Copy)]
pub struct Checks<'a> {
    pub interval: u64,
    /// Until the container has started up.
    pub startup_interval: u64,
    /// The engine's executable.
    pub program: i32,
    /// NULL at the end.
    pub argv: &'a [*const u8; WORDS],
    pub envp: *const *const u8,
}

/// The checks of one run.
pub struct Health<'a> {
    checks: Option<Checks<'a>>,
    interval: u64,
    /// When the next one begins; 0 while one is under way, and when there are none.
    next: u64,
    /// The check under way, or 0.
    child: i32,
}

impl<'a> Health<'a> {
    /// The first check begins at once, as Podman's does.
    pub fn new(checks: Option<Checks<'a>>, now: u64) -> Self {
        let interval = checks.map_or(0, |checks| match checks.startup_interval {
            0 => checks.interval,
            startup => startup,
        });
        Self {
            checks,
            interval,
            next: if interval > 0 { now } else { 0 },
            child: 0,
        }
    }

    /// The container was updated. As at the start, the first check begins at once.
    pub fn change(&mut self, interval: u64, startup_interval: u64, now: u64) {
        let Some(checks) = &mut self.checks else {
            return;
        };
        checks.interval = interval;
        checks.startup_interval = startup_interval;
        self.interval = match startup_interval {
            0 => interval,
            startup => startup,
        };
        self.next = match self.interval {
            // The one under way, if there is one, arranges the next when it has ended.
            _ if self.child > 0 => 0,
            0 => 0,
            _ => now,
        };
    }

    pub fn deadline(&self) -> Option<u64> {
        (self.next > 0).then_some(self.next)
    }

    /// Begins a check that is due.
    pub fn begin(&mut self, now: u64) {
        let Some(checks) = self.checks.filter(|_| self.next > 0 && now >= self.next) else {
            return;
        };
        match fork() {
            Ok(0) => become_command(checks.program, checks.argv, checks.envp, -1),
            Ok(pid) => {
                self.child = pid;
                self.next = 0;
            }
            // Out of processes: later there may be one.
            Err(_) => self.next = now + self.interval,
        }
    }

    /// A child was collected: it may have been the check.
    pub fn ended(&mut self, pid: i32, status: i32, now: u64) {
        if pid == self.child && pid > 0 {
            self.child = 0;
            let checks = self
                .checks
                .filter(|_| exit_code(status) == wire::STARTED_UP);
            if let Some(checks) = checks
                && self.interval != checks.interval
            {
                self.interval = checks.interval;
                self.next = if checks.interval > 0 { now } else { 0 };
            } else if self.interval > 0 {
                self.next = now + self.interval;
            }
        }
    }
}

/// The child of a fork: gives signals their meaning back and becomes a command of the engine.
/// `input` is what it reads from; -1 is nothing.
pub fn become_command(
    program: i32,
    argv: &[*const u8; WORDS],
    envp: *const *const u8,
    input: i32,
) -> ! {
    const CLOSE_RANGE_CLOEXEC: usize = 4;
    const SIG_SETMASK: usize = 2;
    let null = openat(AT_FDCWD, c"/dev/null", O_RDWR, 0).unwrap_or(-1);
    for fd in 0..3 {
        let _ = call!(DUP3, null, fd, 0);
    }
    if input >= 0 {
        let _ = call!(DUP3, input, 0, 0);
    }
    for signal in 1..=64 {
        calls::set_disposition(signal, calls::Disposition::Default);
    }
    let none = 0u64;
    let _ = call!(RT_SIGPROCMASK, SIG_SETMASK, &raw const none, 0, 8);
    // The locks that say "runs" among them: this command must not hold them.
    let _ = call!(CLOSE_RANGE, 3, u32::MAX, CLOSE_RANGE_CLOEXEC);
    let empty: &CStr = c"";
    let _ = call!(
        EXECVEAT,
        program,
        empty.as_ptr(),
        argv.as_ptr(),
        envp,
        AT_EMPTY_PATH
    );
    exit(125)
}
