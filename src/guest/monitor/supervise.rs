//! Stays beside a running container: output, input, attached commands, children, the end.
//!
//! One thread, one poll(2) loop, buffers of fixed size, no allocation. Signals to the
//! monitor: SIGTERM and SIGINT are passed on to the container's init, SIGHUP, SIGQUIT,
//! SIGUSR1, SIGUSR2, SIGALRM, SIGXFSZ and SIGPIPE do nothing, SIGKILL ends the container with the
//! monitor (init's PR_SET_PDEATHSIG). It is a subreaper: every orphan is collected here.
//!
//! The end: init is collected, the network's program is ended, then what is left in the
//! pipes goes to the log and the clients, the exit record is written, the clients are told.

#[path = "calls.rs"]
pub mod calls;
#[path = "clients.rs"]
mod clients;
#[path = "event.rs"]
mod event;
#[path = "exit.rs"]
mod exit;
#[path = "group.rs"]
mod group;
#[path = "health.rs"]
pub mod health;
#[path = "journal.rs"]
mod journal;
#[path = "lines.rs"]
mod lines;
#[path = "log.rs"]
mod log;
#[path = "names.rs"]
pub mod names;
#[path = "notify.rs"]
mod notify;
#[path = "streams.rs"]
mod streams;

use crate::raw;
use crate::wire_attach as wire;
use calls::PollFd;
use clients::{CLIENTS_MAX, Clients};
use core::cell::UnsafeCell;
use core::ffi::CStr;
pub use event::Events;
pub use exit::Ended;
use exit::{Record, Staged};
pub use health::Checks;
use health::Health;
pub use log::Journal;
use log::{Log, Stream};
use names::{Lookout, Names};
use streams::{BUFFER, Input, OUTPUT_BUFFER, Output};

/// How long others than init's own descendants may keep the pipes open after its end.
const DRAIN_LIMIT: u64 = 3000;
/// How long the network's program may take to die of SIGKILL.
const HELPER_LIMIT: u64 = 2000;
/// How long the server of the root file system may go on after init.
const SERVER_LIMIT: u64 = 5000;
/// Chunks of one stream read before the others have their turn.
const READS_AT_ONCE: usize = 16;
/// Messages of one client handled before the others have their turn.
const MESSAGES_AT_ONCE: usize = 8;

/// What is to be supervised. Descriptors that do not exist are -1; those that do are
/// owned from here on and closed.
pub struct Supervised<'a> {
    /// Our child; its number and a pidfd of it.
    pub init: i32,
    pub init_pidfd: i32,
    pub tty: bool,
    /// `-i`: without it standard input is closed at once.
    pub stdin_open: bool,
    pub pty_master: i32,
    pub stdin_write: i32,
    pub stdout_read: i32,
    pub stderr_read: i32,
    /// The directory of the log and its name there; -1 keeps no log.
    pub log: i32,
    pub log_name: &'a CStr,
    /// Bytes after which the log is put aside as `NAME.1`; 0 is never.
    pub log_max: u64,
    /// A bound and listening SOCK_SEQPACKET socket for `attach`.
    pub listen: i32,
    /// The socket of the command that started the container; it may have said ATTACH before.
    pub primary: i32,
    /// The container's directory in the store: `exit` is written there.
    pub directory: i32,
    /// The container's cgroup, for the out-of-memory count; removed after the end.
    pub cgroup: i32,
    /// Empty when it is not ours to remove.
    pub cgroup_path: &'a CStr,
    /// pasta or slirp4netns, our child: ended after init.
    pub helper_pid: i32,
    /// What serves the root file system, our child: without it the container is at its end.
    pub server_pid: i32,
    /// The events of start and end.
    pub events: Option<Events<'a>>,
    /// The command that gave the word has connected to `listen` before.
    pub adopt: bool,
    pub checks: Option<Checks<'a>>,
    /// The machine's name servers, where the container's follow them.
    pub names: Option<Names<'a>>,
    /// Where the output goes besides a file.
    pub journal: Option<Journal<'a>>,
    /// Milliseconds after which init is killed; 0 is never.
    pub timeout: u64,
    /// The container's notification socket and its manager's.
    pub notify: [i32; 2],
}

impl Supervised<'_> {
    pub const NOTHING: Supervised<'static> = Supervised {
        init: -1,
        init_pidfd: -1,
        tty: false,
        stdin_open: false,
        pty_master: -1,
        stdin_write: -1,
        stdout_read: -1,
        stderr_read: -1,
        log: -1,
        log_name: c"ctr.log",
        log_max: 0,
        listen: -1,
        primary: -1,
        directory: -1,
        cgroup: -1,
        cgroup_path: c"",
        helper_pid: -1,
        server_pid: -1,
        events: None,
        adopt: false,
        checks: None,
        names: None,
        journal: None,
        timeout: 0,
        notify: [-1; 2],
    };
}

/// Pages are touched only by containers that use them.
struct Buffers {
    stdin: [u8; BUFFER],
    stdout: [u8; OUTPUT_BUFFER],
    stderr: [u8; OUTPUT_BUFFER],
    log: [u8; log::BATCH],
}

struct Shared(UnsafeCell<Buffers>);

// SAFETY: the monitor has one thread.
unsafe impl Sync for Shared {}

static BUFFERS: Shared = Shared(UnsafeCell::new(Buffers {
    stdin: [0; BUFFER],
    stdout: [0; OUTPUT_BUFFER],
    stderr: [0; OUTPUT_BUFFER],
    log: [0; log::BATCH],
}));

/// Tells that the container has started; before [`supervise`].
pub fn announce(events: &Events<'_>) {
    // SAFETY: one thread, and nobody holds the buffers before `supervise`.
    let buffers = unsafe { &mut *BUFFERS.0.get() };
    events.write_started(&mut buffers.log);
}

/// Supervises the container until it has ended and everybody knows.
///
/// Signals stay blocked and ignored afterwards, so that what follows cannot be interrupted
/// half-way; they must be given back their meaning before an exec.
pub fn supervise(supervised: &Supervised<'_>) -> Ended {
    // SAFETY: one thread, and this function is not entered again while it runs.
    let buffers = unsafe { &mut *BUFFERS.0.get() };
    let signals = take_signals();
    let mut state = State::new(supervised, buffers, signals);
    if supervised.adopt {
        state.clients.adopt(supervised.listen, state.now);
    }
    state.reap(); // it may have ended before SIGCHLD was ours
    while !state.is_over() {
        state.wait();
    }
    state.finish()
}

/// SIGXFSZ: a log that meets RLIMIT_FSIZE loses records, not its container.
const IGNORED: [i32; 6] = [
    calls::SIGPIPE,
    calls::SIGQUIT,
    calls::SIGUSR1,
    calls::SIGUSR2,
    calls::SIGALRM,
    calls::SIGXFSZ,
];

fn take_signals() -> i32 {
    for signal in IGNORED {
        calls::set_disposition(signal, calls::Disposition::Ignore);
    }
    // An ignored SIGCHLD would lose the exit status: wait(2), NOTES.
    calls::set_disposition(calls::SIGCHLD, calls::Disposition::Default);
    let told = calls::signal_bit(calls::SIGCHLD)
        | calls::signal_bit(calls::SIGTERM)
        | calls::signal_bit(calls::SIGINT)
        | calls::signal_bit(calls::SIGHUP);
    calls::signal_fd(told).unwrap_or(-1)
}

// Places in the array for poll(2); clients follow.
const SIGNALS: usize = 0;
const INIT: usize = 1;
const LISTEN: usize = 2;
const STDIN: usize = 3;
const STDOUT: usize = 4;
const STDERR: usize = 5;
const NOTIFY: usize = 6;
const FIRST_CLIENT: usize = 7;
const ENTRIES: usize = FIRST_CLIENT + CLIENTS_MAX;

struct State<'a> {
    supervised: &'a Supervised<'a>,
    signals: i32,
    input: Input<'a>,
    outputs: [Output<'a>; 2],
    log: Log<'a>,
    clients: Clients,
    staged: Staged,
    /// The terminal's other side, held so that the container may close and open it.
    peer: i32,
    ended: Option<Ended>,
    /// Init is dead, but a tracer has its status first: ptrace(2). SIGCHLD tells when it lets go.
    held_by_tracer: bool,
    /// Until when pipes held by strangers are waited for.
    drain_until: u64,
    helper_alive: bool,
    server_alive: bool,
    /// It ended before the container did.
    server_lost: bool,
    health: Health<'a>,
    names: Lookout<'a>,
    /// When init is killed; 0 is never.
    kill_at: u64,
    timed_out: bool,
    now: u64,
}

impl<'a> State<'a> {
    fn new(supervised: &'a Supervised<'a>, buffers: &'a mut Buffers, signals: i32) -> Self {
        let s = supervised;
        let now = calls::monotonic();
        let (stdin, stdout) = if s.tty {
            (s.pty_master, s.pty_master)
        } else {
            (s.stdin_write, s.stdout_read)
        };
        let mut input = Input::new(stdin, s.tty, &mut buffers.stdin);
        if !s.stdin_open {
            input.close();
        }
        Self {
            supervised,
            signals,
            input,
            outputs: [
                Output::new(stdout, s.tty, Stream::Stdout, &mut buffers.stdout),
                Output::new(s.stderr_read, false, Stream::Stderr, &mut buffers.stderr),
            ],
            log: Log::open(s.log, s.log_name, s.log_max, s.journal, &mut buffers.log),
            clients: Clients::new(s.primary, now),
            staged: Staged::prepare(s.directory),
            peer: if s.tty {
                calls::pty_peer(s.pty_master).unwrap_or(-1)
            } else {
                -1
            },
            ended: None,
            held_by_tracer: false,
            drain_until: 0,
            helper_alive: s.helper_pid > 0,
            server_alive: s.server_pid > 0,
            server_lost: false,
            health: Health::new(s.checks, now),
            names: Lookout::new(s.names, now),
            kill_at: if s.timeout > 0 { now + s.timeout } else { 0 },
            timed_out: false,
            now,
        }
    }

    fn is_over(&self) -> bool {
        self.ended.is_some()
            && self.outputs.iter().all(Output::is_done)
            && !self.clients.primary_is_silent() // it will want to hear of the end
    }

    /// One turn: time-outs, what is held back, poll(2), then whatever it reports.
    fn wait(&mut self) {
        self.now = calls::monotonic();
        self.clients.expire(self.now);
        self.take_from_hung_up();
        self.keep_time();
        for output in &mut self.outputs {
            output.deliver(&mut self.clients, self.now);
            output.log_tail(&mut self.log, self.now);
        }
        self.drain();
        self.log.flush();
        if self.is_over() {
            return;
        }
        let mut entries = self.entries();
        let limit = self
            .next_deadline()
            .map(|deadline| deadline.saturating_sub(self.now));
        if calls::poll(&mut entries, limit).is_ok() {
            self.now = calls::monotonic();
            self.handle(&entries);
        }
    }

    /// What is due by the clock: a health check, the container's end.
    fn keep_time(&mut self) {
        if self.ended.is_some() {
            return;
        }
        self.health.begin(self.now);
        self.names.look(self.now);
        if self.kill_at > 0 && self.now >= self.kill_at {
            self.kill_at = 0;
            self.timed_out = true;
            let _ = calls::pidfd_send_signal(self.supervised.init_pidfd, calls::SIGKILL);
        }
    }

    fn entries(&self) -> [PollFd; ENTRIES] {
        let mut entries = [PollFd {
            fd: -1,
            events: calls::POLLIN,
            revents: 0,
        }; ENTRIES];
        entries[SIGNALS].fd = self.signals;
        if self.ended.is_none() && !self.held_by_tracer {
            entries[INIT].fd = self.supervised.init_pidfd;
        }
        if self.ended.is_none() {
            entries[NOTIFY].fd = self.supervised.notify[0];
        }
        if self.now >= self.clients.deaf_until {
            entries[LISTEN].fd = self.supervised.listen;
        }
        if self.input.is_full() {
            entries[STDIN] = PollFd {
                fd: self.input.fd,
                events: calls::POLLOUT,
                revents: 0,
            };
        }
        // Nothing is read before the starting command has said what it wants of it.
        if !self.clients.primary_is_silent() {
            for (output, entry) in self.outputs.iter().zip(&mut entries[STDOUT..]) {
                if output.is_readable(self.now) {
                    entry.fd = output.fd;
                }
            }
        }
        self.clients
            .poll_entries(&mut entries[FIRST_CLIENT..], self.input.is_full());
        entries
    }

    fn next_deadline(&self) -> Option<u64> {
        let more_to_take = !self.input.is_full() && self.clients.table.iter().any(|c| c.hung_up);
        [
            more_to_take.then_some(0),
            self.health.deadline().filter(|_| self.ended.is_none()),
            self.names.deadline().filter(|_| self.ended.is_none()),
            (self.kill_at > 0 && self.ended.is_none()).then_some(self.kill_at),
            self.clients.next_deadline(),
            (self.clients.deaf_until > self.now).then_some(self.clients.deaf_until),
            self.outputs[0].next_deadline(self.now),
            self.outputs[1].next_deadline(self.now),
            (self.ended.is_some() && self.drain_until > self.now).then_some(self.drain_until),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    fn handle(&mut self, entries: &[PollFd; ENTRIES]) {
        let ready = |index: usize| entries[index].revents != 0;
        if ready(SIGNALS) {
            self.take_signals_sent();
        }
        if ready(SIGNALS) || ready(INIT) {
            self.reap();
        }
        if ready(INIT) && self.ended.is_none() {
            match calls::status_of(self.supervised.init) {
                Ok(Some(status)) => self.init_ended(Ended::from_status(status)),
                Ok(None) => self.held_by_tracer = true,
                Err(_) => self.init_ended(Ended::unknown()),
            }
        }
        if ready(NOTIFY) {
            notify::pass(self.supervised.notify[0], self.supervised.notify[1]);
        }
        if ready(STDIN) {
            self.input.write();
        }
        for index in 0..CLIENTS_MAX {
            let events = entries[FIRST_CLIENT + index].revents;
            if events & !calls::POLLOUT != 0 {
                self.hear(index);
                let client = &mut self.clients.table[index];
                let held_back = self.input.is_full() && client.sends_input();
                client.hung_up = client.fd >= 0 && held_back && events & calls::POLLHUP != 0;
            }
        }
        for (output, place) in self.outputs.iter_mut().zip([STDOUT, STDERR]) {
            let ready = entries[place].revents != 0 || output.has_more();
            if ready && output.fd >= 0 && output.waiting == 0 {
                let ended = self.ended.is_some();
                for _ in 0..READS_AT_ONCE {
                    if !output.take(&mut self.log, &mut self.clients, self.now, ended) {
                        break;
                    }
                }
            }
        }
        if ready(LISTEN) {
            self.clients.accept(self.supervised.listen, self.now);
        }
    }

    fn take_signals_sent(&mut self) {
        while let Some(signal) = calls::next_signal(self.signals) {
            if matches!(signal, calls::SIGTERM | calls::SIGINT) && self.ended.is_none() {
                let _ = calls::pidfd_send_signal(self.supervised.init_pidfd, signal);
            }
        }
    }

    /// Collects every ended child; init's status is the container's.
    fn reap(&mut self) {
        while let Some((pid, status)) = calls::reap() {
            if pid == self.supervised.init && self.ended.is_none() {
                self.init_ended(Ended::from_status(status));
            }
            if pid == self.supervised.helper_pid {
                self.helper_alive = false;
            }
            if pid == self.supervised.server_pid && self.server_alive {
                self.server_alive = false;
                if self.ended.is_none() {
                    self.server_lost = true;
                    let _ = calls::pidfd_send_signal(self.supervised.init_pidfd, calls::SIGKILL);
                }
            }
            self.health.ended(pid, status, self.now);
            self.names.ended(pid);
        }
    }

    fn init_ended(&mut self, mut ended: Ended) {
        ended.oom = exit::oom_killed(self.supervised.cgroup);
        if self.timed_out {
            ended.code = exit::TIMED_OUT;
        }
        ended.unserved = self.server_lost;
        if self.supervised.notify[0] >= 0 {
            notify::pass(self.supervised.notify[0], self.supervised.notify[1]);
        }
        group::remove(self.supervised.cgroup, self.supervised.cgroup_path);
        self.ended = Some(ended);
        self.input.close();
        for output in &mut self.outputs {
            output.owed = calls::readable_bytes(output.fd);
            output.retry_at = 0;
        }
        // The other side of a terminal: from here on its end is the end.
        if self.peer >= 0 {
            raw::close(self.peer);
            self.peer = -1;
        }
        self.drain_until = calls::monotonic() + DRAIN_LIMIT;
        self.end_helper();
        self.end_server();
    }

    /// Waits until the root file system's server has written everything and ended by itself, as
    /// it does when its last mount goes; one that somebody else keeps is killed.
    fn end_server(&mut self) {
        let limit = calls::monotonic() + SERVER_LIMIT;
        while self.server_alive {
            let now = calls::monotonic();
            if now >= limit {
                let _ = calls::kill(self.supervised.server_pid, calls::SIGKILL);
            }
            self.reap();
            if !self.server_alive || now >= limit + HELPER_LIMIT {
                return;
            }
            let _ = calls::poll(&mut [], Some(1));
        }
    }

    /// Kills the network's program and waits: the next start wants its ports.
    fn end_helper(&mut self) {
        let limit = calls::monotonic() + HELPER_LIMIT;
        while self.helper_alive {
            let _ = calls::kill(self.supervised.helper_pid, calls::SIGKILL);
            self.reap();
            if !self.helper_alive || calls::monotonic() >= limit {
                return;
            }
            let _ = calls::poll(&mut [], Some(1));
        }
    }

    /// After init: gives up pipes that strangers hold, and does not keep the record back
    /// for somebody who reads slowly.
    fn drain(&mut self) {
        let Some(ended) = self.ended else { return };
        if self.now < self.drain_until {
            return;
        }
        for output in &mut self.outputs {
            let idle = output.owed == 0 && !output.has_more();
            if output.fd >= 0 && output.waiting == 0 && idle {
                output.close();
                output.log_tail(&mut self.log, self.now);
            }
        }
        if !self.staged.is_written() {
            self.write_record(&Ended {
                lost: self.log.lost,
                ..ended
            });
        }
    }

    /// Tells of the end: the event first, so that who sees the record finds it told.
    fn write_record(&mut self, ended: &Ended) -> Record {
        if let Some(events) = &self.supervised.events
            && !self.staged.is_written()
        {
            events.write_died(ended, self.log.scratch());
        }
        let record = Record::new(ended);
        self.staged.write(&record);
        record
    }

    fn take_from_hung_up(&mut self) {
        for index in 0..CLIENTS_MAX {
            if self.clients.table[index].hung_up {
                self.hear(index);
            }
        }
    }

    /// Receives and obeys a client's messages.
    fn hear(&mut self, index: usize) {
        let mut small = [0u8; 64];
        for _ in 0..MESSAGES_AT_ONCE {
            let client = self.clients.table[index];
            let sends_input = client.sends_input();
            if client.fd < 0 || (sends_input && self.input.is_full()) {
                return;
            }
            let buffer: &mut [u8] = if sends_input {
                &mut self.input.buffer[..]
            } else {
                &mut small
            };
            let length = match calls::receive(client.fd, buffer) {
                Err(raw::EAGAIN) => return,
                Err(raw::EINTR) => continue,
                // An empty packet is no message either.
                Err(_) | Ok(0) => return self.clients.drop_client(index),
                Ok(length) => length,
            };
            let Some(message) = buffer.get(..length) else {
                return self.clients.drop_client(index); // longer than allowed
            };
            if sends_input && message[0] == wire::STDIN {
                self.input.received(length);
            } else if let Some(request) = wire::parse_request(message) {
                self.obey(index, request);
            } else {
                return self.clients.drop_client(index);
            }
        }
    }

    fn obey(&mut self, index: usize, request: wire::Request) {
        let client = &mut self.clients.table[index];
        match request {
            wire::Request::Attach { streams } if !client.greeted => {
                client.greeted = true;
                client.streams = streams;
                let flags = if self.supervised.tty {
                    wire::HAS_TTY
                } else {
                    0
                } | if self.input.fd >= 0 {
                    wire::HAS_STDIN
                } else {
                    0
                };
                self.clients.send(index, wire::STARTED, &[flags], self.now);
            }
            wire::Request::StdinEnd if client.sends_input() => self.input.end(),
            wire::Request::Resize { rows, columns } if client.greeted => {
                if self.supervised.tty && self.outputs[0].fd >= 0 {
                    calls::set_window_size(self.outputs[0].fd, rows, columns);
                }
            }
            wire::Request::Checks {
                interval,
                startup_interval,
            } if client.greeted => self.health.change(interval, startup_interval, self.now),
            _ => self.clients.drop_client(index), // DETACH, or out of turn
        }
    }

    /// Writes the record, tells everybody, and lets go of all descriptors.
    fn finish(mut self) -> Ended {
        for output in &mut self.outputs {
            output.log_tail(&mut self.log, self.now);
        }
        self.log.flush();
        let mut ended = self.ended.unwrap_or_else(Ended::unknown);
        ended.lost = self.log.lost;
        let record = self.write_record(&ended);
        self.log.close();
        ended.told = self.tell(&record);
        for index in 0..CLIENTS_MAX {
            if self.clients.table[index].fd >= 0 {
                self.clients.drop_client(index);
            }
        }
        for fd in [
            self.signals,
            self.supervised.listen,
            self.supervised.init_pidfd,
        ] {
            if fd >= 0 {
                raw::close(fd);
            }
        }
        ended
    }

    /// Sends EXIT to every client, as patiently as output was; says whether the command
    /// that started the container was among them.
    fn tell(&mut self, record: &Record) -> bool {
        // Those who connected but were not heard yet want to know too.
        for index in 0..CLIENTS_MAX {
            self.hear(index);
        }
        let mut left = 0;
        for (index, client) in self.clients.table.iter().enumerate() {
            if client.fd >= 0 && client.greeted {
                left |= 1 << index;
            }
        }
        loop {
            let now = calls::monotonic();
            self.clients.expire(now);
            left = self
                .clients
                .deliver(left, wire::EXIT, record.text_bytes(), now);
            if left == 0 {
                return self.clients.has_primary();
            }
            let mut entries = [PollFd {
                fd: -1,
                events: 0,
                revents: 0,
            }; CLIENTS_MAX];
            for (index, client) in self.clients.table.iter().enumerate() {
                if left & 1 << index != 0 {
                    entries[index] = PollFd {
                        fd: client.fd,
                        events: calls::POLLOUT,
                        revents: 0,
                    };
                }
            }
            let limit = self
                .clients
                .next_deadline()
                .map(|at| at.saturating_sub(now));
            let _ = calls::poll(&mut entries, limit);
        }
    }
}
