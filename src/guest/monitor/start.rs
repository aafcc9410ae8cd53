//! The monitor from its birth until the workload runs.
//!
//! It forks the builder, starts the network helper as soon as init exists, collects what
//! both say, and asks the command for its word. Whoever dies on the way takes the start
//! along: nothing runs unless the command confirmed it (S-76).

use core::ffi::CStr;

use crate::act_init;
use crate::builder::wait_for;
use crate::cgroup::Cgroup;
use crate::machine::Message;
use crate::machine::channel;
use crate::machine::told;
use crate::plan::Plan;
use crate::raw;
use crate::raw::*;
use crate::rt::Start;
use crate::server;
use crate::supervise::Checks;
use crate::supervise::Events;
use crate::supervise::Journal;
use crate::supervise::Supervised;
use crate::supervise::health::WORDS;
use crate::supervise::names::Names;
use crate::supervise::announce;
use crate::supervise::supervise;
use crate::wire;
use crate::wire::flag;
use crate::wire::head;
use crate::wire::network;
use crate::wire::report;

/// How long everything before the workload may take, in milliseconds per wait.
const LIMIT: i64 = 120_000;

/// The monitor's side of the channels.
struct Ends {
    status: i32,
    go: i32,
    stdin: i32,
    stdout: i32,
    stderr: i32,
}

struct Begun {
    plan: Plan,
    ends: Ends,
    init: i32,
    terminal: i32,
    helper: i32,
    /// Keeps slirp4netns alive while it is open.
    helper_exit: i32,
    /// Init's user and network namespaces, for the anchor.
    namespaces: [i32; 2],
    /// A process of ours in them, until the network helper is ready.
    anchor: i32,
    /// The command that gave the word is the first that connects.
    adopt: bool,
    /// The root file system's device until its server has it, and the server.
    device: i32,
    server: i32,
    cgroup: Cgroup,
}

pub fn main(start: Start) -> ! {
    const PR_SET_CHILD_SUBREAPER: usize = 36;
    let _ = call!(SETSID);
    let _ = call!(PRCTL, PR_SET_CHILD_SUBREAPER, 1);
    let _ = call!(CHDIR, c"/".as_ptr());
    let _ = call!(UMASK, 0o022);
    let plan = Plan::map();
    let mut begun = begin(plan);
    begun.until_ready();
    begun.until_running();
    let ended = begun.supervise(start);
    follow(plan, start, ended.told)
}

/// Makes the channels and forks the builder.
fn begin(plan: Plan) -> Begun {
    let tty = plan.has(flag::TTY);
    // First: the command moves this process while it is alone.
    let cgroup = Cgroup::told(plan);
    let (status, status_theirs) = socketpair().unwrap_or_else(|errno| give_up(plan, errno));
    let (release_read, release_write) = pipe(plan);
    let (go_read, go) = pipe(plan);
    let mut ends = Ends { status, go, stdin: -1, stdout: -1, stderr: -1 };
    let mut theirs = [-1; 3];
    let passed = [head::PASS_STDIN, head::PASS_STDOUT, head::PASS_STDERR].map(|at| plan.fd(at));
    if passed[1] >= 0 {
        theirs = passed;
    } else if !tty {
        (theirs[0], ends.stdin) = if plan.has(flag::STDIN) { pipe(plan) } else { (-1, -1) };
        (ends.stdout, theirs[1]) = pipe(plan);
        (ends.stderr, theirs[2]) = pipe(plan);
    }
    let pairs = [
        (status_theirs, channel::STATUS),
        (release_read, channel::RELEASE_READ),
        (release_write, channel::RELEASE_WRITE),
        (go_read, channel::GO_READ),
        (theirs[0], channel::STDIN),
        (theirs[1], channel::STDOUT),
        (theirs[2], channel::STDERR),
    ];
    match cgroup.fork() {
        Err(errno) => give_up(plan, errno),
        Ok(0) => become_builder(plan, &pairs),
        Ok(_) => {}
    }
    for (fd, _) in pairs {
        if fd >= 0 {
            close(fd);
        }
    }
    // The workload's own: whoever waits for their end must not wait for us.
    if let Some(mut kept) = plan.list(head::KEPT) {
        for _ in 0..kept.word() {
            close(kept.int());
        }
    }
    Begun {
        plan,
        ends,
        init: 0,
        terminal: -1,
        helper: -1,
        helper_exit: -1,
        namespaces: [-1; 2],
        anchor: -1,
        adopt: false,
        device: -1,
        server: -1,
        cgroup,
    }
}

/// Runs the sealed copy of this program with the channels at their fixed numbers.
fn become_builder(plan: Plan, pairs: &[(i32, i32)]) -> ! {
    for (fd, number) in pairs {
        if *fd >= 0 {
            let _ = call!(DUP3, *fd, *number, 0);
        }
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

impl Begun {
    /// Waits until init is set and the network is there, then asks the command.
    fn until_ready(&mut self) {
        let mut set = false;
        while !set {
            let Some(message) = self.next(LIMIT) else {
                self.abort([report::FAILED, wire::actor::MONITOR, 1, EIO as u64]);
            };
            match message[0] {
                told::INIT => self.init = message[1] as i32,
                told::NET_NAMESPACE => self.start_network(),
                told::SERVE => self.start_server(),
                told::READY => set = true,
                told::FAILED => self.abort([report::FAILED, message[1], message[2], message[3]]),
                _ => {}
            }
        }
        self.await_network();
        self.weigh();
        self.report([report::READY, self.init as u64, self.helper as u64, 0]);
        self.await_word();
    }

    /// Waits for the command's word: for ever when held, but not for an init that has ended.
    fn await_word(&mut self) {
        let go = self.plan.fd(head::GO);
        let limit = if self.plan.has(flag::HELD) { -1 } else { LIMIT };
        // Of the status socket only its end is news: init held the last copy.
        let mut set = [
            PollFd { fd: go, events: POLLIN, revents: 0 },
            PollFd { fd: self.ends.status, events: 0, revents: 0 },
        ];
        while matches!(raw::poll(&mut set, limit), Err(EINTR)) {}
        let mut byte = [0u8; 1];
        if set[0].revents == 0 || !matches!(raw::read(go, &mut byte), Ok(1)) {
            self.end_all();
            raw::exit(125);
        }
        self.adopt = byte[0] == wire::word::GO_ATTACHED;
        close(go);
    }

    /// Gives init the word and waits until it has become the workload, or could not.
    fn until_running(&mut self) {
        raw::write_all(self.ends.go, b"g");
        close(self.ends.go);
        match self.next(LIMIT) {
            Some([told::FAILED, actor, step, errno]) => {
                self.abort([report::FAILED, actor, step, errno]);
            }
            // End of file: every copy of the channel went with execve.
            None => {}
            Some(_) => self.abort([report::FAILED, wire::actor::MONITOR, 2, EIO as u64]),
        }
        close(self.ends.status);
        if let Some(events) = self.events() {
            announce(&events);
        }
        self.report([report::RUNNING, 0, 0, 0]);
        close(self.plan.fd(head::REPORT));
    }

    /// Receives a message; `None` at end of file or when the time is over.
    fn next(&mut self, limit: i64) -> Option<Message> {
        let mut message: Message = [0; 4];
        if !wait_readable(self.ends.status, limit) {
            return None;
        }
        match raw::receive_words(self.ends.status, &mut message) {
            Ok((32, fd)) => {
                match message[0] {
                    told::TERMINAL => self.terminal = fd,
                    told::USER_NAMESPACE => self.namespaces[0] = fd,
                    told::NET_NAMESPACE => self.namespaces[1] = fd,
                    told::SERVE => self.device = fd,
                    _ => {}
                }
                Some(message)
            }
            _ => None,
        }
    }

    fn report(&self, words: [u64; report::WORDS]) {
        let mut bytes = [0u8; 8 * report::WORDS];
        for (chunk, word) in bytes.chunks_exact_mut(8).zip(words) {
            chunk.copy_from_slice(&word.to_ne_bytes());
        }
        raw::write_all(self.plan.fd(head::REPORT), &bytes);
    }

    fn abort(&mut self, words: [u64; report::WORDS]) -> ! {
        self.end_all();
        self.report(words);
        raw::exit(125)
    }

    /// Ends init and the network helper, and waits for them.
    fn end_all(&mut self) {
        if self.helper_exit >= 0 {
            close(self.helper_exit);
        }
        for pid in [self.init, self.helper, self.anchor, self.server] {
            if pid > 0 {
                let _ = call!(KILL, pid, 9);
                let _ = wait_for(pid);
            }
        }
    }

    fn start_server(&mut self) {
        let Some(list) = self.plan.list(head::SERVER) else { return };
        match raw::fork() {
            Err(errno) => self.abort([report::FAILED, wire::actor::MONITOR, 5, errno as u64]),
            Ok(0) => server::become_server(list, self.device, self.plan.fd(head::LOCK)),
            Ok(pid) => self.server = pid,
        }
        close(self.device);
        self.device = -1;
    }

    fn start_network(&mut self) {
        let Some(mut list) = self.plan.list(head::NETWORK) else { return };
        let kind = list.word();
        // First: it must not hold an end of the pipes below.
        let anchor = self.drop_anchor();
        let (ready_read, ready_write) = pipe(self.plan);
        let (exit_read, exit_write) = pipe(self.plan);
        let errors = self.plan.fd(head::NETWORK_ERRORS);
        match raw::fork() {
            Err(errno) => self.abort([report::FAILED, wire::actor::MONITOR, 3, errno as u64]),
            Ok(0) => {
                let descriptors = [errors, ready_write, exit_read];
                become_network(anchor, list, descriptors);
            }
            Ok(pid) => self.helper = pid,
        }
        close(ready_write);
        close(exit_read);
        if kind == network::SLIRP {
            self.helper_exit = exit_write;
            // Its ready byte is read where pasta's exit is waited for.
            park(ready_read, READY_FD);
        } else {
            close(exit_write);
            close(ready_read);
        }
    }

    /// Puts a process into init's user and network namespaces, by which the network helper finds
    /// them: init itself will not be dumpable any more, and from inside the user namespace
    /// nothing of a process outside can be opened (ptrace(2), "Ptrace access mode checking").
    fn drop_anchor(&mut self) -> i32 {
        let (there_read, there_write) = pipe(self.plan);
        match raw::fork() {
            Err(errno) => self.abort([report::FAILED, wire::actor::MONITOR, 3, errno as u64]),
            Ok(0) => become_anchor(self.namespaces, there_write),
            Ok(pid) => self.anchor = pid,
        }
        close(there_write);
        let mut byte = [0u8; 1];
        let there =
            wait_readable(there_read, LIMIT) && matches!(raw::read(there_read, &mut byte), Ok(1));
        close(there_read);
        for fd in core::mem::replace(&mut self.namespaces, [-1; 2]) {
            close(fd);
        }
        if !there {
            self.abort([report::FAILED, wire::actor::MONITOR, 4, EIO as u64]);
        }
        self.anchor
    }

    /// Ends the anchor: any longer it would keep the container's network alive after its end.
    fn weigh(&mut self) {
        if self.anchor > 0 {
            let _ = call!(KILL, self.anchor, 9);
            let _ = wait_for(self.anchor);
            self.anchor = -1;
        }
    }

    /// Waits until the network helper serves; what it cannot do ends the start.
    fn await_network(&mut self) {
        let Some(mut list) = self.plan.list(head::NETWORK) else { return };
        if list.word() == network::SLIRP {
            let mut byte = [0u8; 1];
            let ready = wait_readable(READY_FD, LIMIT)
                && matches!(raw::read(READY_FD, &mut byte), Ok(1));
            close(READY_FD);
            if !ready {
                self.abort([report::NETWORK_FAILED, 1, 0, 0]);
            }
            return;
        }
        let Some(code) = self.wait_limited(self.helper) else {
            self.abort([report::NETWORK_FAILED, 124, 0, 0]);
        };
        self.helper = -1;
        if code != 0 {
            self.abort([report::NETWORK_FAILED, code as u64, 0, 0]);
        }
        self.helper = self.written_pid();
    }

    fn wait_limited(&self, pid: i32) -> Option<i32> {
        let pidfd = call!(PIDFD_OPEN, pid, 0).ok()? as i32;
        let ended = wait_readable(pidfd, LIMIT);
        close(pidfd);
        if ended { wait_for(pid).ok() } else { None }
    }

    /// Reads the pid pasta wrote when it went into the background.
    fn written_pid(&self) -> i32 {
        let mut text = [0u8; 16];
        let fd = self.plan.fd(head::NETWORK_PID);
        let count = call!(PREAD64, fd, text.as_mut_ptr(), text.len(), 0).unwrap_or(0);
        let mut pid = 0i32;
        for byte in &text[..count] {
            if !byte.is_ascii_digit() {
                break;
            }
            pid = pid.wrapping_mul(10).wrapping_add(i32::from(byte - b'0'));
        }
        if pid > 0 { pid } else { -1 }
    }

    fn events(&self) -> Option<Events<'static>> {
        self.plan.list(head::EVENTS).map(|mut list| Events {
            kind: list.word(),
            path: list.text(),
            started: list.data(),
            died: list.data(),
            cleanup: list.data(),
        })
    }

    fn supervise(&self, start: Start) -> crate::supervise::Ended {
        let mut argv = [core::ptr::null::<u8>(); WORDS];
        let checks = self.plan.list(head::HEALTH).map(|mut list| {
            let (interval, startup_interval) = (list.word(), list.word());
            for slot in argv.iter_mut().take((list.word() as usize).min(WORDS - 1)) {
                *slot = list.text().as_ptr().cast();
            }
            (interval, startup_interval)
        });
        let checks = checks.map(|(interval, startup_interval)| Checks {
            interval,
            startup_interval,
            program: self.plan.fd(head::FOLLOW),
            argv: &argv,
            envp: start.envp,
        });
        let mut names_argv = [core::ptr::null::<u8>(); WORDS];
        let names = self.plan.list(head::NAMES).map(|mut list| {
            let (file, period) = (list.int(), list.word());
            let paths = [list.text(), list.text()];
            for slot in names_argv.iter_mut().take((list.word() as usize).min(WORDS - 1)) {
                *slot = list.text().as_ptr().cast();
            }
            (file, period, paths)
        });
        let names = names.map(|(file, period, paths)| Names {
            file,
            period,
            paths,
            program: self.plan.fd(head::FOLLOW),
            argv: &names_argv,
            envp: start.envp,
        });
        let pidfd = call!(PIDFD_OPEN, self.init, 0).map_or(-1, |fd| fd as i32);
        supervise(&Supervised {
            init: self.init,
            init_pidfd: pidfd,
            tty: self.plan.has(flag::TTY),
            stdin_open: self.plan.has(flag::STDIN),
            pty_master: self.terminal,
            stdin_write: self.ends.stdin,
            stdout_read: self.ends.stdout,
            stderr_read: self.ends.stderr,
            log: self.plan.fd(head::LOG),
            log_name: self.plan.list(head::LOG_NAME).map_or(c"ctr.log", |mut name| name.text()),
            log_max: self.plan.head(head::LOG_MAX),
            listen: self.plan.fd(head::LISTEN),
            primary: self.plan.fd(head::PRIMARY),
            directory: self.plan.fd(head::DIRECTORY),
            cgroup: self.cgroup.fd,
            // The group is the container's: the end of an exec session leaves it alone.
            cgroup_path: if self.plan.has(flag::SESSION) { c"" } else { self.cgroup.path() },
            helper_pid: self.helper,
            server_pid: self.server,
            events: self.events(),
            adopt: self.adopt,
            checks,
            names,
            journal: self.plan.list(head::JOURNAL).map(|mut list| Journal {
                path: list.text(),
                fields: list.data(),
            }),
            timeout: self.plan.head(head::TIMEOUT),
            notify: [self.plan.fd(head::NOTIFY_FROM), self.plan.fd(head::NOTIFY_TO)],
        })
    }
}

/// Where slirp4netns' ready pipe waits.
const READY_FD: i32 = 90;

/// Joins the namespaces, says so with a byte, and waits to be killed.
fn become_anchor(namespaces: [i32; 2], there: i32) -> ! {
    const PR_SET_DUMPABLE: usize = 4;
    const CLONE_NEWUSER: usize = 0x1000_0000;
    const CLONE_NEWNET: usize = 0x4000_0000;
    let joined = call!(SETNS, namespaces[0], CLONE_NEWUSER)
        .and_then(|_| call!(SETNS, namespaces[1], CLONE_NEWNET))
        .and_then(|_| call!(PRCTL, PR_SET_DUMPABLE, 1));
    // After the change of credentials, which would clear it: prctl(2).
    crate::builder::die_with_parent();
    if joined.is_err() || !raw::write_all(there, b"t") {
        raw::exit(1);
    }
    // Killed long before; this is for a monitor that died before the line above.
    let _ = raw::poll(&mut [], 2 * LIMIT);
    raw::exit(1)
}

/// Moves a descriptor to a number where it can be found.
fn park(fd: i32, number: i32) {
    if fd >= 0 {
        let _ = call!(DUP3, fd, number, O_CLOEXEC);
        close(fd);
    }
}

/// Becomes pasta or slirp4netns. `descriptors`: stderr, ready, exit.
fn become_network(anchor: i32, mut list: crate::plan::Cursor, descriptors: [i32; 3]) -> ! {
    let null = raw::openat(AT_FDCWD, c"/dev/null", O_RDWR, 0).unwrap_or(-1);
    for (from, to) in
        [(null, 0), (null, 1), (descriptors[0], 2), (descriptors[1], 3), (descriptors[2], 4)]
    {
        // Numbers that neither the plan nor the targets use.
        if from >= 0 {
            let _ = call!(DUP3, from, 220 + to, O_CLOEXEC);
        }
    }
    let mut words = Words { bytes: [0; 8192], used: 0, pointers: [core::ptr::null(); 256] };
    let (count, mut texts) = list.texts();
    for index in 0..count.min(255) {
        words.push(index, texts.text().to_bytes(), anchor);
    }
    for to in 0..5 {
        let _ = call!(DUP3, 220 + to, to, 0);
    }
    let _ = call!(CLOSE_RANGE, 5, u32::MAX, 0);
    act_init::reset_signals();
    let path = c"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    let envp = [path.as_ptr(), core::ptr::null()];
    let _ = call!(EXECVE, words.pointers[0], words.pointers.as_ptr(), envp.as_ptr());
    raw::exit(127)
}

/// An argument list with the marks of the plan filled in.
struct Words {
    bytes: [u8; 8192],
    used: usize,
    pointers: [*const u8; 256],
}

impl Words {
    fn push(&mut self, index: usize, text: &[u8], anchor: i32) {
        self.pointers[index] = self.bytes[self.used..].as_ptr();
        for byte in text {
            match *byte {
                wire::PID_MARK => {
                    let mut digits = [0u8; 24];
                    for digit in raw::decimal(anchor as u64, &mut digits).to_bytes() {
                        self.put(*digit);
                    }
                }
                wire::READY_MARK => self.put(b'3'),
                wire::EXIT_MARK => self.put(b'4'),
                other => self.put(other),
            }
        }
        self.put(0);
    }

    fn put(&mut self, byte: u8) {
        if self.used < self.bytes.len() - 1 {
            self.bytes[self.used] = byte;
            self.used += 1;
        }
    }
}

/// Hands over to the engine when something follows; ends otherwise.
fn follow(plan: Plan, start: Start, command_lives: bool) -> ! {
    let alone = !command_lives;
    let wanted = plan.has(flag::FOLLOW_ALWAYS)
        || (alone && plan.has(flag::FOLLOW_ALONE))
        || was_told_to_follow(plan);
    if wanted && let Some(mut list) = plan.list(head::FOLLOW_ARGV) {
        let mut argv = [core::ptr::null::<u8>(); 16];
        for slot in argv.iter_mut().take((list.word() as usize).min(15)) {
            *slot = list.text().as_ptr().cast();
        }
        act_init::reset_signals();
        let program = plan.fd(head::FOLLOW);
        let _ =
            call!(EXECVEAT, program, c"".as_ptr(), argv.as_ptr(), start.envp, AT_EMPTY_PATH);
    }
    raw::exit(0)
}

/// Whether the restart policy was changed after the start: a file in the container's directory.
fn was_told_to_follow(plan: Plan) -> bool {
    let directory = plan.fd(head::DIRECTORY);
    let found = raw::openat(directory, c"follow", O_PATH | O_CLOEXEC, 0);
    directory >= 0 && found.is_ok()
}

pub fn wait_readable(fd: i32, limit: i64) -> bool {
    let mut set = [PollFd { fd, events: POLLIN, revents: 0 }];
    loop {
        match raw::poll(&mut set, limit) {
            Ok(count) => return count > 0,
            Err(EINTR) => {}
            Err(_) => return false,
        }
    }
}

fn pipe(plan: Plan) -> (i32, i32) {
    let mut ends = [-1i32; 2];
    match call!(PIPE2, ends.as_mut_ptr(), O_CLOEXEC) {
        Ok(_) => (ends[0], ends[1]),
        Err(errno) => give_up(plan, errno),
    }
}

/// A pair of packet sockets: unix(7), SOCK_SEQPACKET.
pub fn socketpair() -> raw::Result<(i32, i32)> {
    const AF_UNIX: usize = 1;
    const SOCK_SEQPACKET: usize = 5;
    let mut ends = [-1i32; 2];
    call!(SOCKETPAIR, AF_UNIX, SOCK_SEQPACKET | O_CLOEXEC, 0, ends.as_mut_ptr())?;
    Ok((ends[0], ends[1]))
}

/// Before anything was begun there is nothing to end.
fn give_up(plan: Plan, errno: raw::Errno) -> ! {
    let words = [report::FAILED, wire::actor::MONITOR, 4, errno as u64];
    let mut bytes = [0u8; 8 * report::WORDS];
    for (chunk, word) in bytes.chunks_exact_mut(8).zip(words) {
        chunk.copy_from_slice(&word.to_ne_bytes());
    }
    raw::write_all(plan.fd(head::REPORT), &bytes);
    raw::exit(125)
}
