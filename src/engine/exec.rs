//! One more process in a running container, under a small monitor of its own.

use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use oci_spec::runtime::{Process, Spec};

use crate::engine::attach::Joined;
use crate::engine::bundle::{add_variables, ids_of, last_capability, look_up_user};
use crate::engine::list::same_process;
use crate::engine::start::{kept, minimal_environment, size_terminal, stamp};
use crate::engine::views::{AttachEnd, AttachRequest, Container, ExecEnd};
use crate::engine::{Engine, Error, Kind};
use crate::monitor::attach;
use crate::monitor::collect::{Collected, collect};
use crate::runtime::Failure;
use crate::runtime::launch::{self, Orders, Passed};
use crate::runtime::plan::{Plan, Session};
use crate::runtime::step::Overlay;
use crate::spec;
use crate::sys::failpoint::hit;
use crate::sys::namespace;
use crate::sys::process::Pidfd;
use crate::sys::signal::Caught;
use crate::types::container::{ExecRecord, ProcessStamp};
use crate::types::request::ExecRequest;
use crate::types::{ContainerId, Status};
use crate::userns;

/// The kinds of namespaces and their names in /proc/PID/ns: setns(2) takes them all through one
/// pidfd.
const NAMESPACES: [(i32, &str); 7] = [
    (namespace::CLONE_NEWUSER, "user"),
    (namespace::CLONE_NEWNS, "mnt"),
    (namespace::CLONE_NEWUTS, "uts"),
    (namespace::CLONE_NEWIPC, "ipc"),
    (namespace::CLONE_NEWNET, "net"),
    (namespace::CLONE_NEWPID, "pid"),
    (namespace::CLONE_NEWCGROUP, "cgroup"),
];

const SIGKILL: i32 = 9;
/// How long a killed process may take to be gone.
const END_LIMIT: Duration = Duration::from_secs(10);

/// What becomes of the output of a process in a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Streams {
    /// Nobody listens.
    None,
    /// The command's own streams are joined.
    Joined,
    /// The engine reads it; the process is nobody's session.
    Collected,
}

/// A process that was started in a container.
pub(crate) struct RunningSession {
    pub id: String,
    pub socket: Option<OwnedFd>,
    caught: Option<Caught>,
    stamp: ProcessStamp,
    pub process: Option<Pidfd>,
}

fn session_id() -> Result<ContainerId, Error> {
    let mut bytes = [0; 32];
    crate::sys::fs::random(&mut bytes)?;
    Ok(ContainerId::from_random(bytes))
}

/// Whether a monitor that was noted still runs; it lives in our own user namespace.
fn is_same(stamp: ProcessStamp) -> bool {
    crate::sys::process::start_time(stamp.pid) == Some(stamp.start_time)
}

fn just_ended() -> Error {
    Error::of(
        Kind::InUse,
        "cannot exec: the container has just ended and is not running",
    )
}

/// Which namespaces of a process are not our own. In what a container shares with the host we are
/// already, and to join that would take rights over the host's.
fn other_namespaces(pid: i32) -> Result<u64, Error> {
    let mut kinds = 0;
    for (kind, name) in NAMESPACES {
        let its = namespace::of_process(pid, name).map_err(|error| match error.errno {
            // It ended since its pidfd was opened.
            crate::sys::fs::ENOENT => just_ended(),
            _ => error.into(),
        })?;
        if !namespace::same(its, namespace::own(name)?)? {
            kinds |= kind.unsigned_abs();
        }
    }
    Ok(kinds.into())
}

impl Engine {
    /// Runs one more process in a container; attached, returns when it ended or the user left.
    pub fn exec(&self, name: &str, request: &ExecRequest) -> Result<ExecEnd, Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let streams = if request.detach {
            Streams::None
        } else {
            Streams::Joined
        };
        let session = self.start_session(&container, request, streams)?;
        self.exec_streams(&container, request, session)
    }

    /// Runs a process in a container and takes the first `bound` bytes of its output into memory;
    /// one that still runs at the deadline is killed.
    pub(crate) fn run_collected(
        &self,
        container: &Container,
        request: &ExecRequest,
        bound: usize,
        deadline: Instant,
    ) -> Result<Collected, Error> {
        let session = self.start_session(container, request, Streams::Collected)?;
        let socket = session
            .socket
            .ok_or_else(|| Error::new("a process without output"))?;
        let seen = collect(socket, bound, deadline)?;
        if seen.end.is_none()
            && let Some(process) = session.process
        {
            let _ = process.signal(SIGKILL);
            let _ = process.ended_within(END_LIMIT);
        }
        Ok(seen)
    }

    /// Makes `inspect` list a session. On a full disk it is not listed, and runs all the same:
    /// nobody else could look into the container then.
    fn note_session(&self, id: &ContainerId, record: &ExecRecord) -> Result<(), Error> {
        match self.store()?.write_exec(id, record).map_err(Error::from) {
            Err(error) if error.full => {
                self.warn(&format!("inspect does not list this session: {error}"));
                Ok(())
            }
            other => other,
        }
    }

    /// Starts one more process; with `joined`, its streams can be had at the session's socket.
    ///
    /// Whatever fails because the container ends meanwhile is told as that.
    pub(crate) fn start_session(
        &self,
        container: &Container,
        request: &ExecRequest,
        streams: Streams,
    ) -> Result<RunningSession, Error> {
        self.begin_session(container, request, streams)
            .map_err(|error| {
                let init = container.run.as_ref().map(|run| run.init);
                let runs = init.and_then(same_process).is_some_and(|init| init.alive());
                match error.kind {
                    Kind::Failure if !runs => just_ended(),
                    _ => error,
                }
            })
    }

    fn begin_session(
        &self,
        container: &Container,
        request: &ExecRequest,
        streams: Streams,
    ) -> Result<RunningSession, Error> {
        let what = || format!("cannot exec in {}", container.record.name);
        let store = self.store()?;
        let run = container
            .run
            .as_ref()
            .filter(|_| container.status == Status::Running);
        let init = run.and_then(|run| Some((same_process(run.init)?, run.init.pid)));
        let Some((init, pid)) = init else {
            return Err(Error::of(
                Kind::InUse,
                format!("{}: it is {}, not running", what(), container.status),
            ));
        };
        let spec = crate::engine::bundle::kept_spec(&container.directory)
            .map_err(|error| Error::new(format!("{}: its config.json: {error}", what())))?;
        let base = self.base()?;
        let mut process = self.exec_process(container, base, request)?;
        if matches!(streams, Streams::Joined) {
            size_terminal(&mut process);
        }
        let mut passed = Passed::default();
        let users = passed.add_copy(base.users.as_fd())?;
        let pidfd = passed.add_copy(init.as_fd())?;
        let session = Session {
            kept: kept(&request.preserve_fds, &mut passed)?,
            user_namespace: None,
            single: base.single,
            apart: false,
            overlay: Overlay {
                staging: String::new(),
                upper: None,
                volatile: false,
                lowers: Vec::new(),
                data: None,
            },
            served: false,
            staging: String::new(),
            join_user: None,
            lender: None,
            join: Vec::new(),
            seccomp: self.exec_filter(&spec)?,
            tty: request.tty,
            stdin: request.interactive,
            keep_groups: container.record.request.keep_groups,
            owned: Vec::new(),
            append: Vec::new(),
            in_place: None,
            time_zone: None,
            passes_streams: false,
            workdir: None,
            loopback: false,
            grouped: false,
            personality: spec.linux().as_ref().and_then(|l| l.personality().clone()),
        };
        let (ours, primary) = match streams {
            Streams::None => (None, None),
            Streams::Joined | Streams::Collected => {
                let (ours, theirs) = attach::pair()?;
                (Some(ours), Some(passed.add(theirs)))
            }
        };
        let id = session_id()?;
        let plan = Plan::join(&process, &session, pidfd, other_namespaces(pid)?);
        let orders = Orders {
            primary,
            tty: request.tty,
            stdin: request.interactive,
            session: true,
            users: Some(users),
            events: match streams {
                Streams::Collected => None,
                _ => self.exec_events(&container.record, &id)?,
            },
            cgroup: true,
            kept: session.kept.iter().map(|(fd, _)| *fd).collect(),
            ..Orders::default()
        };
        let program = store.program(crate::guest::MONITOR)?;
        let env = minimal_environment();
        let mut starting =
            launch::launch(&program, crate::guest::MONITOR, plan, passed, &orders, env)
                .map_err(|failure| Error::new(format!("{}: {failure}", what())))?;
        let home = self
            .place_beside(container, &mut starting)
            .map_err(|error| error.while_doing(what()))?;
        let explain = |failure: Failure| explain(container, request, failure);
        let ready = starting.ready().map_err(explain)?;
        if let Some(home) = home {
            home.take(starting.monitor.pid)?;
        }
        hit("engine.exec.ready")?;
        // An interrupt is the process's from the moment it runs: none may fall between.
        let caught = match streams {
            Streams::Joined => Some(attach::catch_signals(true)?),
            _ => None,
        };
        let process = Pidfd::open(ready.init).ok();
        let record = ExecRecord {
            id: id.to_string(),
            process: stamp(ready.init)?,
            monitor: stamp(starting.monitor.pid)?,
            command: request.command.clone(),
        };
        if !request.no_session {
            self.note_session(&container.record.id, &record)?;
        }
        let ran = starting.go().map_err(explain);
        if ran.is_err() || matches!(streams, Streams::Collected) {
            store.forget_exec(&container.record.id, &record.id);
        }
        ran?;
        hit("engine.exec.running")?;
        Ok(RunningSession {
            id: record.id,
            socket: ours,
            caught,
            stamp: record.process,
            process,
        })
    }

    /// The sessions whose process lives; records of others are thrown away.
    pub(crate) fn exec_sessions(&self, id: &ContainerId) -> Result<Vec<String>, Error> {
        let store = self.store()?;
        let mut living = Vec::new();
        for record in store.execs(id)? {
            // The monitor of a session collects its process before it ends itself.
            match is_same(record.monitor) {
                true => living.push(record.id),
                false => store.forget_exec(id, &record.id),
            }
        }
        living.sort();
        Ok(living)
    }

    fn exec_streams(
        &self,
        container: &Container,
        request: &ExecRequest,
        session: RunningSession,
    ) -> Result<ExecEnd, Error> {
        let (Some(socket), Some(caught)) = (session.socket, session.caught) else {
            return Ok(ExecEnd::Detached(session.id));
        };
        let streams = AttachRequest {
            stdin: request.interactive,
            stdout: true,
            stderr: true,
            signal_proxy: true,
            detach_keys: request.detach_keys.clone(),
        };
        let joined = Joined { socket, caught };
        let record = &container.record;
        match self.join_streams(record, Some(session.stamp), joined, &streams)? {
            AttachEnd::Exited(exit) => {
                self.store()?.forget_exec(&record.id, &session.id);
                Ok(ExecEnd::Exited(exit.code))
            }
            AttachEnd::Detached => Ok(ExecEnd::Left),
        }
    }

    fn exec_process(
        &self,
        container: &Container,
        base: &userns::Base,
        request: &ExecRequest,
    ) -> Result<Process, Error> {
        let record = &container.record;
        // What CDI added for the start; its files may have gone since.
        let record = &self.with_cdi(record).unwrap_or_else(|_| record.clone());
        let word = request.user.as_deref().unwrap_or(&record.user);
        let user = look_up_user(
            &self.mounted_union_of(record)?,
            word,
            &record.request.group_add,
        )?;
        let mut process = spec::exec_process(&spec::ExecInput {
            record,
            request,
            user: &user,
            ids: &ids_of(record, base),
            single_id: base.single,
            last_capability: last_capability(),
        })?;
        let mut variables = self.secret_variables(record)?;
        variables.retain(|(name, _)| !request.env.iter().any(|(said, _)| said == name));
        add_variables(&mut process, &variables);
        crate::engine::rlimits::settle(&mut process, &record.request);
        Ok(process)
    }

    fn exec_filter(&self, spec: &Spec) -> Result<Vec<u8>, Error> {
        let arch = spec::seccomp::Arch::native()
            .ok_or_else(|| Error::new("no seccomp filter can be made for this machine"))?;
        self.filter(spec, arch)
    }
}

fn explain(container: &Container, request: &ExecRequest, failure: Failure) -> Error {
    const ENOENT: i32 = 2;
    let name = &container.record.name;
    if let Some(errno) = failure.of_exec() {
        let kind = if errno == ENOENT {
            Kind::NotFound
        } else {
            Kind::CannotRun
        };
        let command = request.command.first().map_or("", String::as_str);
        let reason = if errno == ENOENT && !command.contains('/') {
            "executable file not found in $PATH".to_owned()
        } else {
            crate::sys::reason(errno)
        };
        let command = crate::types::escape::visible(command);
        let doing = format!("cannot exec in {name}: exec {command}");
        let foreign = crate::engine::binfmt::explain(&container.record, &doing, errno);
        return foreign.unwrap_or_else(|| Error::of(kind, format!("{doing}: {reason}")));
    }
    if let Some(path) = failure.of_workdir() {
        let path = crate::types::escape::quoted(path);
        return Error::of(
            Kind::NotFound,
            format!("cannot exec in {name}: workdir {path} does not exist on container {name}"),
        );
    }
    Error::new(format!("cannot exec in {name}: {failure}"))
}
