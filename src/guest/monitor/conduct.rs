//! Creates a container for others: `coracle runtime create|run|exec`.
//!
//! The same builder and first process as a start, but no monitor: this process carries words
//! between them and the command and ends when init is set; init then belongs to whoever
//! collects orphans around here (conmon, or the command itself).
//!
//! ```text
//! command              conductor            builder             init
//!    │──spawn─────────────▶│──fork+exec──────────▶│
//!    │◀──HELD stage pid────│◀──HELD───────────────│
//!    │ cgroup, maps, hooks │                      │
//!    │──go─────────────────▶│──resume─────────────▶│──clone3───────────▶│
//!    │◀──READY pid─────────│◀───────────────────────────────READY──────│ waits for `start`
//! ```

use crate::builder::die_with_parent;
use crate::builder::wait_for;
use crate::machine::Message;
use crate::machine::channel;
use crate::machine::told;
use crate::plan::Plan;
use crate::raw;
use crate::raw::*;
use crate::start::socketpair;
use crate::start::wait_readable;
use crate::wire;
use crate::wire::flag;
use crate::wire::head;
use crate::wire::report;

/// How long one stage may take, in milliseconds; hooks have their own limits.
const LIMIT: i64 = 24 * 3600 * 1000;

struct Conductor {
    plan: Plan,
    status: i32,
    resume: i32,
    /// Lets init of an exec session go on.
    go: i32,
    builder: i32,
    init: i32,
}

pub fn main() -> ! {
    die_with_parent();
    let _ = call!(UMASK, 0o022);
    let plan = Plan::map();
    let Ok(mut conductor) = begin(plan) else {
        tell(plan, [report::FAILED, wire::actor::MONITOR, 0, EIO as u64]);
        raw::exit(125)
    };
    conductor.until_ready();
    if plan.has(flag::SESSION) {
        conductor.until_running();
    }
    raw::exit(0)
}

fn tell(plan: Plan, words: [u64; report::WORDS]) {
    let mut bytes = [0u8; 8 * report::WORDS];
    for (chunk, word) in bytes.chunks_exact_mut(8).zip(words) {
        chunk.copy_from_slice(&word.to_ne_bytes());
    }
    raw::write_all(plan.fd(head::REPORT), &bytes);
}

/// Makes the channels and forks the builder.
fn begin(plan: Plan) -> raw::Result<Conductor> {
    let (status, status_theirs) = socketpair()?;
    let (release_read, release_write) = pipe()?;
    let (resume_read, resume) = pipe()?;
    let (go_read, go) = pipe()?;
    let pairs = [
        (status_theirs, channel::STATUS),
        (release_read, channel::RELEASE_READ),
        (release_write, channel::RELEASE_WRITE),
        (go_read, channel::GO_READ),
        (resume_read, channel::RESUME),
    ];
    let builder = raw::fork()?;
    if builder == 0 {
        become_builder(plan, &pairs);
    }
    for (fd, _) in pairs {
        close(fd);
    }
    // Ours are the container's only until it has its own: an end that we hold is never seen.
    for fd in 0..3 {
        close(fd);
    }
    Ok(Conductor { plan, status, resume, go, builder, init: 0 })
}

fn pipe() -> raw::Result<(i32, i32)> {
    let mut ends = [-1i32; 2];
    call!(PIPE2, ends.as_mut_ptr(), O_CLOEXEC)?;
    Ok((ends[0], ends[1]))
}

/// Runs the sealed copy of this program with the channels at their fixed numbers.
fn become_builder(plan: Plan, pairs: &[(i32, i32)]) -> ! {
    for (fd, number) in pairs {
        let _ = call!(DUP3, *fd, *number, 0);
    }
    let argv = [c"coracle-build".as_ptr(), c"build".as_ptr(), core::ptr::null()];
    let envp: [*const core::ffi::c_char; 1] = [core::ptr::null()];
    let program = plan.fd(head::PROGRAM);
    let failed =
        call!(EXECVEAT, program, c"".as_ptr(), argv.as_ptr(), envp.as_ptr(), AT_EMPTY_PATH);
    let errno = failed.err().unwrap_or(0);
    raw::send_words(
        channel::STATUS,
        &[told::FAILED, wire::actor::MONITOR, 0, errno as u64],
        -1,
    );
    raw::exit(125)
}

impl Conductor {
    fn until_ready(&mut self) {
        loop {
            let Some((message, fd)) = self.next() else {
                self.abort([report::FAILED, wire::actor::MONITOR, 1, EIO as u64]);
            };
            match message[0] {
                told::INIT => {
                    self.init = message[1] as i32;
                    tell(self.plan, [report::INIT, message[1], 0, 0]);
                }
                told::HELD => self.hold(message[1]),
                told::TERMINAL => self.hand_over(fd),
                told::READY => break,
                told::FAILED => self.abort([report::FAILED, message[1], message[2], message[3]]),
                _ => {}
            }
            if fd >= 0 {
                close(fd);
            }
        }
        // A later subreaper must not find it.
        let _ = wait_for(self.builder);
        tell(self.plan, [report::READY, self.init as u64, 0, 0]);
    }

    /// An exec session goes on at once, when the command has put it where it belongs.
    fn until_running(&mut self) {
        if !self.word() || !raw::write_all(self.go, b"g") {
            self.end_all();
            raw::exit(125);
        }
        close(self.go);
        match self.next() {
            None => tell(self.plan, [report::RUNNING, 0, 0, 0]),
            Some(([told::FAILED, actor, step, errno], _)) => {
                self.abort([report::FAILED, actor, step, errno]);
            }
            Some(_) => self.abort([report::FAILED, wire::actor::MONITOR, 2, EIO as u64]),
        }
    }

    /// Passes a stage on to the command, and its word back.
    fn hold(&mut self, stage: u64) {
        tell(self.plan, [report::HELD, stage, self.builder as u64, 0]);
        if !self.word() || !raw::write_all(self.resume, b"g") {
            self.end_all();
            raw::exit(125);
        }
    }

    /// One byte of the command; end of file means that it died or gave up.
    fn word(&self) -> bool {
        let mut byte = [0u8; 1];
        loop {
            match raw::read(self.plan.fd(head::GO), &mut byte) {
                Ok(count) => return count == 1,
                Err(EINTR) => {}
                Err(_) => return false,
            }
        }
    }

    /// Sends the terminal's other side to whoever asked for it.
    fn hand_over(&self, master: i32) {
        const NAME: [u64; 2] = [u64::from_ne_bytes(*b"/dev/ptm"), u64::from_ne_bytes(*b"x\0\0\0\0\0\0\0")];
        let sent = raw::send_words(self.plan.fd(head::PRIMARY), &NAME, master);
        if !sent {
            self.end_all();
            tell(self.plan, [report::FAILED, wire::actor::MONITOR, 3, EPIPE as u64]);
            raw::exit(125);
        }
    }

    fn next(&self) -> Option<(Message, i32)> {
        let mut message: Message = [0; 4];
        if !wait_readable(self.status, LIMIT) {
            return None;
        }
        match raw::receive_words(self.status, &mut message) {
            Ok((32, fd)) => Some((message, fd)),
            _ => None,
        }
    }

    fn end_all(&self) {
        for pid in [self.init, self.builder] {
            if pid > 0 {
                let _ = call!(KILL, pid, 9);
                let _ = wait_for(pid);
            }
        }
    }

    fn abort(&self, words: [u64; report::WORDS]) -> ! {
        self.end_all();
        tell(self.plan, words);
        raw::exit(125)
    }
}
