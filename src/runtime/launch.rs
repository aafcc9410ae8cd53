//! Starting the guest program with a plan, and listening to what it reports.

use std::ffi::CString;
use std::fmt;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd, RawFd};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::guest::wire;
use crate::guest::wire::{actor, flag, head, report, word};
use crate::runtime::bundle_step::BundleStep;
use crate::runtime::channels::{Channels, GO, REPORT};
use crate::runtime::plan::Plan;
use crate::runtime::step::{Encoder, Register, Step};
use crate::sys::SysError;
use crate::sys::fs;
use crate::sys::memfd::sealed_program;
use crate::sys::process::readable_within;
use crate::sys::spawn::{Child, Program, Spawn};

/// How long a start may take before the command gives up on it.
const LIMIT: Duration = Duration::from_secs(180);

/// The descriptors a guest program gets; each is given its number when it is added.
#[derive(Default)]
pub struct Passed {
    pub(super) fds: Vec<OwnedFd>,
}

/// The plan itself is at 3.
const FIRST: RawFd = 4;

impl Passed {
    /// Adds a descriptor and returns the number the guest will see it at.
    pub fn add(&mut self, fd: OwnedFd) -> RawFd {
        self.fds.push(fd);
        FIRST + self.fds.len() as RawFd - 1
    }

    pub fn add_copy(&mut self, fd: BorrowedFd<'_>) -> Result<RawFd, SysError> {
        let copy = fd
            .try_clone_to_owned()
            .map_err(|error| io_error("fcntl", &error))?;
        Ok(self.add(copy))
    }
}

pub(super) fn io_error(call: &'static str, error: &std::io::Error) -> SysError {
    SysError::new(call, "", error.raw_os_error().unwrap_or(EIO))
}

const EIO: i32 = 5;

/// A hook's own code as an errno: this and the code (guest/monitor/act_oci.rs).
const HOOK_FAILED: i32 = 10_000;

/// Says what came of a step.
pub(super) fn outcome(errno: i32) -> String {
    match errno - HOOK_FAILED {
        code @ 0..=255 => format!("ended with code {code}"),
        _ => crate::sys::reason(errno),
    }
}

/// Everything the header of a plan says.
#[derive(Debug, Default)]
pub struct Orders {
    pub directory: Option<RawFd>,
    pub log: Option<RawFd>,
    pub log_name: Option<String>,
    pub log_max: u64,
    pub listen: Option<RawFd>,
    pub primary: Option<RawFd>,
    pub follow: Option<RawFd>,
    pub follow_argv: Vec<String>,
    /// Follow even while the command lives.
    pub follow_always: bool,
    /// Follow when the command is gone.
    pub follow_alone: bool,
    pub tty: bool,
    pub stdin: bool,
    /// An exec session.
    pub session: bool,
    pub network: Option<Network>,
    pub server: Option<Server>,
    pub oom_score: Option<i32>,
    /// The guest waits for [`Starting::place`] before it does anything.
    pub cgroup: bool,
    /// Another runtime moves the container there.
    pub outside: bool,
    pub lock: Option<RawFd>,
    pub users: Option<RawFd>,
    /// The directory in which a later command finds the way to give the word: `init`.
    pub held: Option<PathBuf>,
    pub events: Option<Events>,
    /// Descriptors only the workload wants.
    pub kept: Vec<RawFd>,
    pub checks: Option<Checks>,
    pub names: Option<Names>,
    /// The journal's socket and the fields of every entry.
    pub journal: Option<(String, Vec<u8>)>,
    /// Milliseconds after which the container is killed; 0 is never.
    pub timeout: u64,
    /// The caller's own streams for the container, which then are nobody else's.
    pub streams: Option<[RawFd; 3]>,
    /// The container's notification socket and the connected one of its manager.
    pub notify: Option<[RawFd; 2]>,
}

/// The health checks a monitor begins; in milliseconds, 0 is never.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checks {
    pub interval: u64,
    /// Until the container has started up.
    pub startup_interval: u64,
    pub argv: Vec<String>,
}

/// The machine's name servers, which the container's file follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The container's file.
    pub file: RawFd,
    /// Milliseconds between two looks at the machine's.
    pub period: u64,
    pub paths: [&'static str; 2],
    /// The command that follows a change.
    pub argv: Vec<String>,
}

/// The events a monitor writes, with the marks of `guest/wire_event.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Events {
    /// `FILE` or `JOURNAL` of `guest/wire_event.rs`.
    pub kind: u64,
    /// The path of the file or socket.
    pub path: String,
    pub started: Vec<u8>,
    pub died: Vec<u8>,
    /// Empty when nothing is taken apart.
    pub cleanup: Vec<u8>,
}

/// The network helper's words, with the marks of `guest/wire.rs`, and its files.
#[derive(Debug)]
pub struct Network {
    /// [`wire::network`].
    pub kind: u64,
    pub argv: Vec<CString>,
    pub errors: RawFd,
    pub pid_file: Option<RawFd>,
}

/// The program that serves the root file system, for [`Step::Served`].
#[derive(Debug)]
pub struct Server {
    /// U0.
    pub user_namespace: RawFd,
    /// Where relative names among its words begin.
    pub directory: RawFd,
    pub errors: RawFd,
    /// The device is its descriptor 3.
    pub argv: Vec<String>,
}

/// A start on its way.
pub struct Starting {
    waiting: Waiting,
    cgroup: Option<File>,
    pub monitor: Child,
}

/// A monitor that waits for the word, and what it will report.
pub struct Waiting {
    plan: Plan,
    report: File,
    go: File,
}

/// A start that has everything and waits for [`Starting::go`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ready {
    pub init: i32,
    pub network: Option<i32>,
}

/// Why a start failed.
#[derive(Debug)]
pub enum Failure {
    /// A step of an actor.
    Step {
        actor: u64,
        step: Option<Box<Step>>,
        errno: i32,
    },
    /// The network helper ended with this code; its own words are in the error pipe.
    Network(i32),
    /// The monitor itself ended or did not answer in time.
    Lost,
    System(SysError),
}

impl From<SysError> for Failure {
    fn from(error: SysError) -> Self {
        Self::System(error)
    }
}

impl Failure {
    /// Whether the kernel refused a procfs, as it does where the one around is partly hidden.
    pub fn refuses_proc(&self) -> bool {
        const EPERM: i32 = 1;
        matches!(self, Self::Step { step: Some(step), errno: EPERM, .. }
            if matches!(&**step, Step::Filesystem { kind, .. } if kind == "proc"))
    }

    /// Whether the kernel refused the overlay that is to be the root, for itself or for the file
    /// system below it.
    pub fn refuses_overlay(&self) -> bool {
        const EPERM: i32 = 1;
        const ENODEV: i32 = 19;
        const EINVAL: i32 = 22;
        const EOPNOTSUPP: i32 = 95;
        matches!(self, Self::Step { step: Some(step), errno: EPERM | ENODEV | EINVAL | EOPNOTSUPP, .. }
            if matches!(&**step, Step::Overlay { to: Register::ROOT, .. }))
    }

    /// Whether it was the workload itself that could not be executed, and why.
    pub fn of_exec(&self) -> Option<i32> {
        match self {
            Self::Step {
                step: Some(step),
                errno,
                ..
            } if matches!(**step, Step::Exec { .. }) => Some(*errno),
            _ => None,
        }
    }

    /// The command of a bundle that cannot be executed, and why.
    pub fn of_command(&self) -> Option<(&str, i32)> {
        let Self::Step {
            step: Some(step),
            errno,
            ..
        } = self
        else {
            return None;
        };
        match &**step {
            Step::Exec { argv, .. } => Some((argv.first()?, *errno)),
            Step::Bundle(BundleStep::Find(candidates)) => {
                let first = candidates.first()?;
                // A name without a folder was looked for in many.
                let name = match candidates.len() {
                    1 => first,
                    _ => first
                        .rsplit_once('/')
                        .map_or(first.as_str(), |(_, name)| name),
                };
                Some((name, *errno))
            }
            _ => None,
        }
    }

    /// The working directory, if that was missing.
    pub fn of_workdir(&self) -> Option<&str> {
        const ENOENT: i32 = 2;
        match self {
            Self::Step {
                step: Some(step),
                errno: ENOENT,
                ..
            } => match &**step {
                Step::Chdir(path) => Some(path),
                _ => None,
            },
            _ => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Step {
                step: Some(step),
                errno,
                ..
            } => {
                write!(f, "{step}: {}", outcome(*errno))
            }
            Self::Step { actor, errno, .. } => {
                let who = match *actor {
                    actor::BUILDER => "the builder",
                    actor::HELPER => "the helper",
                    actor::INIT => "the first process",
                    _ => "the monitor",
                };
                write!(f, "{who} failed: {}", crate::sys::reason(*errno))
            }
            Self::Network(code) => write!(f, "the network program ended with code {code}"),
            Self::Lost => write!(f, "the monitor ended before the container ran"),
            Self::System(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

/// Starts the guest program.
///
/// `program` is the file it runs from; builder and init run from a sealed copy of `bytes`.
pub fn launch(
    program: &Path,
    bytes: &[u8],
    plan: Plan,
    mut passed: Passed,
    orders: &Orders,
    env: Vec<CString>,
) -> Result<Starting, Failure> {
    crate::sys::inherited::check_descriptors()?;
    let channels = match &orders.held {
        None => Channels::pipes()?,
        Some(directory) => Channels::fifos(directory)?,
    };
    let report_number = passed.add(channels.report_theirs);
    let go_number = passed.add(channels.go_theirs);
    let sealed = passed.add(sealed_program(c"coracle", bytes)?);
    let (cgroup, cgroup_number) = match orders.cgroup {
        true => {
            let (theirs, ours) = std::io::pipe().map_err(|e| io_error("pipe2", &e))?;
            (
                Some(OwnedFd::from(ours).into()),
                Some(passed.add(theirs.into())),
            )
        }
        false => (None, None),
    };
    let written = write(
        &plan,
        orders,
        [report_number, go_number, sealed],
        cgroup_number,
    );
    let file = sealed_program(c"plan", &written)?;
    let mut all: Vec<BorrowedFd<'_>> = vec![file.as_fd()];
    all.extend(passed.fds.iter().map(AsFd::as_fd));
    let path = CString::new(program.as_os_str().as_encoded_bytes())
        .map_err(|_| SysError::new("execve", "path with a NUL", 22))?;
    let spawn = Spawn {
        argv: vec![c"coracle-monitor".to_owned(), c"start".to_owned()],
        env,
        passed: all,
        own_session: true,
        ..Spawn::default()
    };
    // A home mounted noexec: the sealed copy serves as well, at the price of its pages.
    const EACCES: i32 = 13;
    let monitor = match spawn.start(Program::Path(&path)) {
        Err(error) if error.errno == EACCES => {
            let copy = sealed_program(c"coracle-monitor", bytes)?;
            spawn.start(Program::Open(copy.as_fd()))?
        }
        other => other?,
    };
    Ok(Starting {
        waiting: Waiting {
            plan,
            report: channels.report.into(),
            go: channels.go.into(),
        },
        cgroup,
        monitor,
    })
}

impl Waiting {
    /// Finds the monitor that was left waiting; `plan` is for what it may report.
    pub fn find(directory: &Path, plan: Plan) -> Result<Self, Failure> {
        let directory = fs::open_directory(directory)?;
        Ok(Self {
            plan,
            report: fs::open_at(&directory, REPORT, fs::Open::Read)?.into(),
            go: fs::open_at(&directory, GO, fs::Open::Write)?.into(),
        })
    }
}

pub(super) fn write(
    plan: &Plan,
    orders: &Orders,
    [report, go, program]: [RawFd; 3],
    cgroup: Option<RawFd>,
) -> Vec<u8> {
    let mut encoder = Encoder {
        bytes: vec![0; head::COUNT * 8],
    };
    let mut header = [wire::NONE; head::COUNT];
    header[head::MAGIC] = wire::MAGIC;
    header[head::REPORT] = report as u64;
    header[head::GO] = go as u64;
    header[head::PROGRAM] = program as u64;
    for (index, fd) in [
        (head::DIRECTORY, orders.directory),
        (head::LOG, orders.log),
        (head::LISTEN, orders.listen),
        (head::PRIMARY, orders.primary),
        (head::FOLLOW, orders.follow),
        (head::CGROUP, cgroup),
        (head::LOCK, orders.lock),
        (head::USERS, orders.users),
    ] {
        if let Some(fd) = fd {
            header[index] = fd as u64;
        }
    }
    header[head::LOG_MAX] = orders.log_max;
    header[head::TIMEOUT] = orders.timeout;
    if let Some([stdin, stdout, stderr]) = orders.streams {
        header[head::PASS_STDIN] = stdin as u64;
        header[head::PASS_STDOUT] = stdout as u64;
        header[head::PASS_STDERR] = stderr as u64;
    }
    if let Some([from, to]) = orders.notify {
        header[head::NOTIFY_FROM] = from as u64;
        header[head::NOTIFY_TO] = to as u64;
    }
    if let Some(checks) = &orders.checks {
        header[head::HEALTH] = encoder.bytes.len() as u64;
        encoder.word(checks.interval).word(checks.startup_interval);
        encoder.texts(&checks.argv);
    }
    if let Some(names) = &orders.names {
        header[head::NAMES] = encoder.bytes.len() as u64;
        encoder.word(names.file as u64).word(names.period);
        let [first, second] = names.paths;
        encoder.text(first).text(second).texts(&names.argv);
    }
    if let Some((path, fields)) = &orders.journal {
        header[head::JOURNAL] = encoder.bytes.len() as u64;
        encoder.text(path).data(fields);
    }
    header[head::FLAGS] = flags(orders);
    if let Some(score) = orders.oom_score {
        header[head::OOM_SCORE] = i64::from(score) as u64;
    }
    header[head::BUILD] = encoder.list(&plan.builder);
    header[head::HELP] = encoder.list(&plan.helper);
    header[head::INIT] = encoder.list(&plan.init);
    if let Some(network) = &orders.network {
        header[head::NETWORK] = encoder.bytes.len() as u64;
        header[head::NETWORK_ERRORS] = network.errors as u64;
        if let Some(pid_file) = network.pid_file {
            header[head::NETWORK_PID] = pid_file as u64;
        }
        encoder.word(network.kind).word(network.argv.len() as u64);
        for word in &network.argv {
            encoder.data(word.as_bytes());
        }
    }
    if let Some(server) = &orders.server {
        header[head::SERVER] = encoder.bytes.len() as u64;
        encoder.word(server.user_namespace as u64);
        encoder.word(server.directory as u64);
        encoder.word(server.errors as u64).texts(&server.argv);
    }
    if !orders.follow_argv.is_empty() {
        header[head::FOLLOW_ARGV] = encoder.bytes.len() as u64;
        encoder.texts(&orders.follow_argv);
    }
    if !orders.kept.is_empty() {
        header[head::KEPT] = encoder.bytes.len() as u64;
        encoder.word(orders.kept.len() as u64);
        for fd in &orders.kept {
            encoder.word(*fd as u64);
        }
    }
    if let Some(name) = &orders.log_name {
        header[head::LOG_NAME] = encoder.bytes.len() as u64;
        encoder.text(name);
    }
    if let Some(events) = &orders.events {
        header[head::EVENTS] = encoder.bytes.len() as u64;
        encoder.word(events.kind).text(&events.path);
        encoder.data(&events.started).data(&events.died);
        encoder.data(&events.cleanup);
    }
    for (chunk, word) in encoder.bytes.chunks_exact_mut(8).zip(header) {
        chunk.copy_from_slice(&word.to_ne_bytes());
    }
    encoder.bytes
}

fn flags(orders: &Orders) -> u64 {
    let mut flags = 0;
    for (wanted, bit) in [
        (orders.tty, flag::TTY),
        (orders.stdin, flag::STDIN),
        (orders.session, flag::SESSION),
        (orders.follow_always, flag::FOLLOW_ALWAYS),
        (orders.follow_alone, flag::FOLLOW_ALONE),
        (orders.held.is_some(), flag::HELD),
        (orders.outside, flag::OUTSIDE),
    ] {
        if wanted {
            flags |= bit;
        }
    }
    flags
}

impl Starting {
    /// Returns how many steps the first process has.
    pub fn init_steps(&self) -> usize {
        self.waiting.plan.init.len()
    }

    /// Says which cgroup the container's processes are made in; `None`: where the monitor is.
    pub fn place(&mut self, path: Option<&Path>) -> Result<(), Failure> {
        let Some(mut pipe) = self.cgroup.take() else {
            return Ok(());
        };
        let path = path.map_or(b"-".as_slice(), |path| path.as_os_str().as_encoded_bytes());
        pipe.write_all(path).map_err(|_| Failure::Lost)
    }

    /// Waits until everything is set but the workload.
    pub fn ready(&mut self) -> Result<Ready, Failure> {
        match self.waiting.next()? {
            Some([report::READY, init, helper, _]) => {
                let network = i32::try_from(helper as i64).ok().filter(|pid| *pid > 0);
                Ok(Ready {
                    init: init as i32,
                    network,
                })
            }
            _ => Err(Failure::Lost),
        }
    }

    /// Gives the word, and waits until the workload runs.
    pub fn go(&mut self) -> Result<(), Failure> {
        self.waiting.go(word::GO)
    }
}

impl Waiting {
    /// Gives one of the words of [`word`], and waits until the workload runs.
    pub fn go(&mut self, word: u8) -> Result<(), Failure> {
        self.go.write_all(&[word]).map_err(|_| Failure::Lost)?;
        match self.next()? {
            Some([report::RUNNING, ..]) => Ok(()),
            _ => Err(Failure::Lost),
        }
    }

    fn next(&mut self) -> Result<Option<[u64; report::WORDS]>, Failure> {
        if !readable_within(self.report.as_fd(), LIMIT)? {
            return Err(Failure::Lost);
        }
        let mut bytes = [0; 8 * report::WORDS];
        if self.report.read_exact(&mut bytes).is_err() {
            return Ok(None);
        }
        let mut words = [0; report::WORDS];
        for (word, chunk) in words.iter_mut().zip(bytes.chunks_exact(8)) {
            *word = u64::from_ne_bytes(chunk.try_into().expect("chunks are eight bytes"));
        }
        match words {
            [report::FAILED, who, step, errno] => {
                let list = match who {
                    actor::BUILDER => Some(&self.plan.builder),
                    actor::HELPER => Some(&self.plan.helper),
                    actor::INIT => Some(&self.plan.init),
                    _ => None,
                };
                let step = list.and_then(|list| list.get(step as usize));
                Err(Failure::Step {
                    actor: who,
                    step: step.cloned().map(Box::new),
                    errno: errno as i32,
                })
            }
            [report::NETWORK_FAILED, code, ..] => Err(Failure::Network(code as i32)),
            other => Ok(Some(other)),
        }
    }
}
