//! The machine's name servers while a container runs: its files are looked at now and then, and
//! what follows a change is a command of the engine.
//!
//! By the clock, not by inotify(7): instances of that are few (fs.inotify.max_user_instances, 128
//! for all programs of a user), and it is silent about a file that is mounted over another, as
//! inside a container. All monitors look at the same moments, so a resting machine wakes once.

use super::health::{WORDS, become_command};
use crate::raw::*;
use core::ffi::CStr;

/// The most files that are looked at.
pub const FILES: usize = 2;

/// What is looked at, and what is run.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// The container's own file, which the command finds as its standard input.
    pub file: i32,
    /// Milliseconds between two looks.
    pub period: u64,
    pub paths: [&'a CStr; FILES],
    /// The engine's executable.
    pub program: i32,
    /// NULL at the end.
    pub argv: &'a [*const u8; WORDS],
    pub envp: *const *const u8,
}

/// What tells a file from an earlier one of the same name; zeros where there is none.
type Face = [u64; 5];

pub struct Lookout<'a> {
    names: Option<Names<'a>>,
    seen: [Face; FILES],
    /// When the next look is due; 0 is never.
    next: u64,
    /// The command under way, or 0.
    child: i32,
}

impl<'a> Lookout<'a> {
    pub fn new(names: Option<Names<'a>>, now: u64) -> Self {
        let mut lookout = Self {
            names,
            seen: [[0; 5]; FILES],
            next: 0,
            child: 0,
        };
        if let Some(names) = names.filter(|names| names.period > 0) {
            lookout.seen = names.paths.map(face);
            lookout.next = after(now, names.period);
        }
        lookout
    }

    pub fn deadline(&self) -> Option<u64> {
        (self.next > 0).then_some(self.next)
    }

    /// Looks when it is due, and begins the command after a change.
    pub fn look(&mut self, now: u64) {
        let Some(names) = self.names.filter(|_| self.next > 0 && now >= self.next) else {
            return;
        };
        self.next = after(now, names.period);
        let seen = names.paths.map(face);
        if seen == self.seen || self.child > 0 {
            return;
        }
        match fork() {
            Ok(0) => become_command(names.program, names.argv, names.envp, names.file),
            Ok(pid) => (self.child, self.seen) = (pid, seen),
            // Out of processes: at the next look there may be one.
            Err(_) => {}
        }
    }

    /// A child was collected: it may have been the command.
    pub fn ended(&mut self, pid: i32) {
        if pid == self.child {
            self.child = 0;
        }
    }
}

/// The next moment that every monitor finds.
fn after(now: u64, period: u64) -> u64 {
    (now / period + 1) * period
}

fn face(path: &CStr) -> Face {
    const STATX_BASIC_STATS: usize = 0x7ff;
    // struct statx of statx(2) in words of 64 bits: stx_ino is the fifth, stx_size the sixth,
    // stx_ctime and stx_mtime begin at the thirteenth and fifteenth, the device is the eighteenth.
    let mut buffer = [0u64; 32];
    let asked = call!(
        STATX,
        AT_FDCWD,
        path.as_ptr(),
        0usize,
        STATX_BASIC_STATS,
        buffer.as_mut_ptr()
    );
    match asked {
        Ok(_) => {
            let time = |at: usize| buffer[at].wrapping_mul(1 << 32) ^ buffer[at + 1];
            [buffer[4], buffer[5], time(12), time(14), buffer[17]]
        }
        Err(_) => [0; 5],
    }
}
