//! Starts a created or exited container: record → spec → plan → monitor.
//!
//! ```text
//! lock the container ─▶ U0, network, user looked up ─▶ spec, bundle ─▶ plan
//!   ─▶ monitor launched ─▶ READY ─▶ run record written ─▶ go ─▶ RUNNING
//! ```
//!
//! Whatever fails before `go` leaves the container as it was.

use std::ffi::CString;
use std::fs::File;
use std::os::fd::{AsFd, OwnedFd, RawFd};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use oci_spec::runtime::{BoxBuilder, Process};

use crate::engine::attach::Joined;
use crate::engine::bundle::Bundle;
use crate::engine::cgroup;
use crate::engine::foreign;
use crate::engine::notify;
use crate::engine::server;
use crate::engine::views::{AttachEnd, AttachRequest, Container, RemoveRequest, StartMode};
use crate::engine::{Engine, Error, Kind};
use crate::guest::wire;
use crate::monitor;
use crate::network;
use crate::runtime::Failure;
use crate::runtime::cgroup::Placement;
use crate::runtime::foreign::Foreign;
use crate::runtime::launch::{self, Orders, Passed, Starting};
use crate::runtime::plan::Plan;
use crate::sys::failpoint::hit;
use crate::sys::journal;
use crate::sys::process::Pidfd;
use crate::sys::pty::window_size;
use crate::types::container::{Held, ProcessStamp};
use crate::types::request::{LogDriver, RestartPolicy};
use crate::types::{ContainerId, ContainerRecord, ExitRecord, RunRecord, Status, Timestamp};
use crate::userns;

const SIGKILL: i32 = 9;

/// How long the monitor of a killed workload may take to write the end down.
const END_LIMIT: Duration = Duration::from_secs(20);

/// How long a monitor may take from the word to its first look.
const WORD_LIMIT: Duration = Duration::from_secs(2);

impl Engine {
    /// Starts a container by name, id or prefix. Attached: returns when it ended or the user left.
    pub fn start(&self, name: &str, mode: StartMode) -> Result<Option<AttachEnd>, Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let record = &container.record;
        self.start_required(record)?;
        let store = self.store()?;
        let lock = store.lock_container(&record.id)?;
        // Looked at again under the lock: two starts at once make one run.
        let container = self.container(record.id.as_str())?;
        let seems = matches!(container.status, Status::Running | Status::Stopping);
        if !seems {
            self.refuse_mounted(&container)?;
        }
        if seems && self.was_told_to_run(&container)? {
            drop(lock);
            return match mode {
                StartMode::Detached => Ok(None),
                StartMode::Attached(request) => self.attach(record.id.as_str(), &request).map(Some),
            };
        }
        if container.status == Status::Paused {
            return Err(Error::of(
                Kind::InUse,
                format!("container {} is paused: unpause it", container.record.name),
            ));
        }
        let held = container.run.as_ref().filter(|run| run.held.is_some());
        let joined = match held.filter(|_| container.status == Status::Initialized) {
            Some(run) => self.start_held(&container, run, &mode),
            None => self.start_locked(record, Purpose::Run(&mode), 0),
        };
        drop(lock);
        *self.begun.borrow_mut() = None;
        self.tidy();
        let joined = match joined {
            Ok(joined) => joined,
            Err(error) => {
                // One that `init` prepared may still be so.
                if !self.store()?.monitor_alive(&record.id) {
                    self.clean_up_failed(record);
                }
                return Err(error);
            }
        };
        self.notify_healthy(record)?;
        match (mode, joined) {
            (StartMode::Attached(request), Some(joined)) => {
                self.follow(record, joined, &request).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Starts the containers a container requires; they were there before it, so this ends.
    fn start_required(&self, record: &ContainerRecord) -> Result<(), Error> {
        for name in &record.request.requires {
            let what = || format!("cannot start {}: starting {name} first", record.name);
            let begun = self.begun.borrow_mut().take();
            let started = self.start(name, StartMode::Detached);
            *self.begun.borrow_mut() = begun;
            started.map_err(|error| error.while_doing(what()))?;
        }
        Ok(())
    }

    /// Whether a container that seems to run does: the command that started it may have been
    /// killed before it gave the word, and then the monitor is about to end. Under the lock.
    fn was_told_to_run(&self, container: &Container) -> Result<bool, Error> {
        let (store, id) = (self.store()?, &container.record.id);
        let deadline = Instant::now() + WORD_LIMIT;
        while !store.is_supervised(id) {
            if !store.monitor_alive(id) {
                return Ok(false);
            }
            if Instant::now() > deadline {
                break; // on a full disk the file is missing
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(true)
    }

    /// Starts again what its restart policy wants running; called by the monitor's follow-up.
    pub(crate) fn restart_locked(
        &self,
        record: &ContainerRecord,
        restarts: u32,
    ) -> Result<(), Error> {
        self.start_locked(record, Purpose::Run(&StartMode::Detached), restarts)
            .map(drop)
    }

    /// The start itself; the caller holds the container's lock. A start that fails leaves what
    /// was known of the last run.
    pub(crate) fn start_locked(
        &self,
        record: &ContainerRecord,
        purpose: Purpose<'_>,
        restarts: u32,
    ) -> Result<Option<Joined>, Error> {
        let store = self.store()?;
        let stopped = store.is_marked_stopped(&record.id);
        let (run, exit) = (store.run(&record.id)?, store.exit(&record.id)?);
        self.start_anew(record, purpose, restarts).inspect_err(|_| {
            let _ = self.await_monitor(&record.id);
            let _ = match &run {
                Some(run) => store.write_run(&record.id, run),
                None => store.forget_run(&record.id),
            };
            let _ = match &exit {
                Some(exit) => store.write_exit(&record.id, exit),
                None => store.clear_exit(&record.id),
            };
            if stopped {
                let _ = store.mark_stopped(&record.id);
            }
        })
    }

    fn start_anew(
        &self,
        record: &ContainerRecord,
        purpose: Purpose<'_>,
        restarts: u32,
    ) -> Result<Option<Joined>, Error> {
        let what = || format!("cannot start {}", record.name);
        let store = self.store()?;
        let base = self.base().map_err(|error| error.while_doing(what()))?;
        self.leave_networks(&record.id, record.name.as_str());
        let prepared = self.with_space(|| {
            self.fill_volumes(record, base)?;
            Bundle::make(self, record, base)
        });
        let mut bundle = prepared.map_err(|error| error.while_doing(what()))?;
        if let Purpose::Run(StartMode::Attached(_)) = purpose
            && let Some(process) = bundle.spec.process_mut()
        {
            size_terminal(process);
        }
        hit("engine.bundle.made")?;
        // One of a start that was killed may take a moment to notice.
        self.await_monitor(&record.id)?;
        let monitor_lock = store.lock_monitor(&record.id)?.ok_or_else(|| {
            Error::of(
                Kind::InUse,
                format!("container {} is being ended", record.name),
            )
        })?;
        let (primary, theirs) = match purpose {
            Purpose::Run(StartMode::Attached(_)) => {
                let (ours, theirs) = monitor::attach::pair()?;
                (Some(ours), Some(theirs))
            }
            Purpose::Run(StartMode::Detached) | Purpose::Hold => (None, None),
        };
        let hold = matches!(purpose, Purpose::Hold);
        self.remove_cgroups(&record.id, store.run(&record.id)?.as_ref());
        let placement = self
            .find_place(record)
            .map_err(|error| error.while_doing(what()))?;
        bundle.grouped = !matches!(placement, Placement::Nowhere(_));
        let mut launched = self
            .launch(record, base, &bundle, monitor_lock, theirs, hold)
            .map_err(|error| error.while_doing(what()))?;
        hit("engine.monitor.launched")?;
        let place = self
            .settle_in(record, &bundle, placement, &mut launched.starting)
            .map_err(|error| error.while_doing(what()))?;
        hit("engine.cgroup.made")?;
        let ready = match launched.starting.ready() {
            Err(failure) if failure.refuses_overlay() => {
                let Err(why) = self.serve_from_now_on(record) else {
                    drop(launched);
                    return self.start_anew(record, purpose, restarts);
                };
                return Err(without_overlay(launched.explain(record, failure), &why));
            }
            other => other.map_err(|failure| launched.explain(record, failure))?,
        };
        hit("engine.monitor.ready")?;
        let run = RunRecord {
            boot_id: userns::machine::boot_id(),
            started: Timestamp::now(),
            monitor: stamp(launched.starting.monitor.pid)?,
            init: stamp(ready.init)?,
            network_helper: ready.network.map(stamp).transpose()?,
            runtime_dir: bundle.directory.clone(),
            restarts,
            network: bundle.network.state.clone(),
            ports: bundle.network.ports.clone(),
            held: hold.then(|| Held {
                steps: launched.starting.init_steps(),
                single: base.single,
            }),
            cgroup: place.as_ref().map(cgroup::record_of),
        };
        store.write_run(&record.id, &run)?;
        hit("engine.run.recorded")?;
        if let Some(place) = &place {
            self.limit(record, place)
                .and_then(|()| Ok(place.release_monitor(launched.starting.monitor.pid)?))
                .map_err(|error| error.while_doing(what()))?;
        }
        store.clear_exit(&record.id)?;
        self.forget_health(record)?;
        store.unmark_stopped(&record.id)?;
        self.record_container(record, "init");
        self.join_networks(record, base)
            .map_err(|error| error.while_doing(what()))?;
        bundle
            .forward_ports()
            .map_err(|error| error.while_doing(what()))?;
        hit("engine.run.written")?;
        if hold {
            return announce(record, &run)
                .inspect_err(|_| end(&run))
                .map(|()| None);
        }
        // From here on an interrupt is the container's, not ours: none may fall between.
        let joined = match (purpose, primary) {
            (Purpose::Run(StartMode::Attached(request)), Some(socket)) => {
                let caught = monitor::attach::catch_signals(request.signal_proxy)?;
                Some(Joined { socket, caught })
            }
            _ => None,
        };
        launched
            .starting
            .go()
            .map_err(|failure| launched.explain(record, failure))?;
        let announced = announce(record, &run).and_then(|()| self.notify_started(record, &run));
        if let Err(error) = announced {
            // It runs already, and without a run record nobody could end it.
            end(&run);
            return Err(error);
        }
        if joined.is_some() {
            self.record_container(record, "attach");
        }
        Ok(joined)
    }

    fn launch(
        &self,
        record: &ContainerRecord,
        base: &userns::Base,
        bundle: &Bundle,
        monitor_lock: OwnedFd,
        primary: Option<OwnedFd>,
        hold: bool,
    ) -> Result<Launched, Error> {
        let store = self.store()?;
        let request = &record.request;
        let mut passed = Passed::default();
        let user_namespace = passed.add_copy(base.ns.as_fd())?;
        let users = passed.add_copy(base.users.as_fd())?;
        let lock = passed.add(monitor_lock);
        let directory = passed.add(open_directory(&store.container_dir(&record.id))?);
        let listen = passed.add(monitor::attach::listen(
            open_directory(&bundle.directory)?.as_fd(),
        )?);
        let primary = primary.map(|fd| passed.add(fd));
        let follow = passed.add(own_executable()?);
        let (log, log_name) = match request.log.driver {
            LogDriver::None
            | LogDriver::Journald
            | LogDriver::Passthrough
            | LogDriver::PassthroughTty => (None, None),
            LogDriver::K8sFile | LogDriver::JsonFile => {
                let path = self.log_path(record)?;
                let parent = path.parent().unwrap_or(Path::new("/"));
                let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
                (Some(passed.add(open_directory(parent)?)), name)
            }
        };
        let joined = bundle.join_namespaces(&mut passed)?;
        let (network, errors) = network_orders(bundle, &mut passed)?;
        let server = bundle.server(self, record, &mut passed, user_namespace)?;
        let kept = match self.begun.borrow().is_some() {
            true => kept(&request.preserve_fds, &mut passed)?,
            // They were of the command that made the container, and went with it.
            false => Vec::new(),
        };
        let session = bundle.session(record, Some(user_namespace), base.single, joined, kept);
        let kept = session.kept.iter().map(|(fd, _)| *fd).collect();
        let foreign = match &record.runtime {
            Some(runtime) => Some(self.foreign(record, runtime, bundle, &mut passed)?),
            None => None,
        };
        let plan = match &foreign {
            Some(foreign) => Plan::foreign(&bundle.spec, &session, foreign),
            None => Plan::start(&bundle.whole_spec(), &session),
        };
        let orders = Orders {
            directory: Some(directory),
            log,
            log_name,
            log_max: request.log.max_size.unwrap_or(0),
            listen: Some(listen),
            primary,
            follow: Some(follow),
            follow_argv: self.follow_up(record),
            follow_always: request.restart != RestartPolicy::No
                || !request.network.attachments().is_empty(),
            follow_alone: request.remove,
            tty: request.tty,
            stdin: request.interactive,
            network,
            server,
            oom_score: request.oom_score_adj,
            lock: Some(lock),
            users: Some(users),
            events: self.monitor_events(record)?,
            held: hold.then(|| bundle.directory.clone()),
            checks: Some(self.monitor_checks(record)),
            journal: journal_orders(record)?,
            streams: passed_streams(record, &mut passed)?,
            notify: notify::ends(record, &bundle.directory, &mut passed)?,
            timeout: u64::from(request.timeout) * 1000,
            cgroup: true,
            outside: foreign.is_some(),
            kept,
            ..Orders::default()
        };
        let program = store.program(crate::guest::MONITOR)?;
        let env = minimal_environment();
        let starting = launch::launch(&program, crate::guest::MONITOR, plan, passed, &orders, env)
            .map_err(|failure| Error::new(failure.to_string()))?;
        Ok(Launched {
            starting,
            errors,
            foreign,
            served: bundle.directory.join(server::ERRORS),
        })
    }

    /// The argv of what the monitor runs after an exit, if something is to follow.
    fn follow_up(&self, record: &ContainerRecord) -> Vec<String> {
        // Also without a reason to follow: `update` may bring one.
        self.follow_words("coracle:exited", &record.id)
    }

    /// The argv of a command that works for a monitor; `engine_of_words` reads it.
    pub(crate) fn follow_words(&self, role: &str, id: &ContainerId) -> Vec<String> {
        let settings = &self.settings;
        let text = |path: Option<&PathBuf>| {
            path.map_or_else(String::new, |path| path.to_string_lossy().into_owned())
        };
        let size = settings.events_max_size;
        vec![
            role.to_owned(),
            text(Some(&settings.root)),
            text(settings.runroot.as_ref()),
            id.to_string(),
            settings.events_backend.clone().unwrap_or_default(),
            text(settings.events_path.as_ref()),
            size.map_or_else(String::new, |size| size.to_string()),
        ]
    }

    /// Joins the streams of the caller with the container until it ends or the user leaves.
    fn follow(
        &self,
        record: &ContainerRecord,
        joined: Joined,
        request: &AttachRequest,
    ) -> Result<AttachEnd, Error> {
        let init = self.store()?.run(&record.id)?.map(|run| run.init);
        let end = self.join_streams(record, init, joined, request);
        if end.is_err() {
            // Its monitor may have been killed: then this settles what that left undone.
            let _ = self.container(record.id.as_str());
        }
        let end = end?;
        if matches!(end, AttachEnd::Exited(_)) && record.request.remove {
            self.finish_removal(record)?;
        }
        Ok(end)
    }

    /// A start that failed leaves no bundle; with `--rm` it leaves nothing.
    pub(crate) fn clean_up_failed(&self, record: &ContainerRecord) {
        if record.request.remove {
            let remove = RemoveRequest {
                force: true,
                volumes: true,
                timeout: Some(0),
            };
            let _ = self.remove(record.id.as_str(), &remove);
            return;
        }
        let (Ok(runtime), Ok(store)) = (self.runtime_dir(), self.store()) else {
            return;
        };
        // Another start may be under way by now: then the bundle there is its own.
        let Ok(Some(_lock)) = store.try_lock_container(&record.id) else {
            return;
        };
        if !store.monitor_alive(&record.id) {
            self.leave_networks(&record.id, record.name.as_str());
            self.remove_cgroups(&record.id, None);
            let directory = runtime.join(record.id.as_str());
            crate::engine::strays::end_in(&directory);
            let _ = crate::sys::tree::remove_path(&directory);
        }
    }

    /// Where the container's output is kept.
    pub(crate) fn log_path(&self, record: &ContainerRecord) -> Result<PathBuf, Error> {
        match &record.request.log.path {
            Some(path) => Ok(path.clone()),
            None => Ok(self.store()?.container_dir(&record.id).join("ctr.log")),
        }
    }
}

/// What a start is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose<'a> {
    Run(&'a StartMode),
    /// `init`: all but the last step.
    Hold,
}

/// Passes the caller's descriptors on; each with the number the workload finds it at.
pub(crate) fn kept(numbers: &[i32], passed: &mut Passed) -> Result<Vec<(RawFd, RawFd)>, Error> {
    let mut kept = Vec::new();
    for number in numbers {
        let copy = crate::sys::inherited::handed_down(*number)?.ok_or_else(|| {
            Error::new(format!(
                "file descriptor {number} is not available - the preserve-fds option requires \
                 that file descriptors must be passed"
            ))
        })?;
        kept.push((passed.add(copy), *number));
    }
    Ok(kept)
}

/// Adds what would help where the kernel mounts no overlay.
fn without_overlay(error: Error, why: &Error) -> Error {
    error.hint(format!(
        "the store's file system does not carry overlay, or the kernel allows it to root only, \
         and {why}: install fuse-overlayfs and open /dev/fuse, or have --root name another place"
    ))
}

/// What is left to do once the workload runs.
fn announce(record: &ContainerRecord, run: &RunRecord) -> Result<(), Error> {
    hit("engine.monitor.running")?;
    let request = &record.request;
    for (path, process) in [
        (&request.pidfile, run.init),
        (&request.monitor_pidfile, run.monitor),
    ] {
        if let Some(path) = path {
            std::fs::write(path, process.pid.to_string())
                .map_err(|error| Error::file("writing", path, error))?;
        }
    }
    Ok(())
}

/// Ends a run that was just started, and waits until its monitor saw that.
fn end(run: &RunRecord) {
    let processes = [run.init, run.monitor].map(|stamp| Pidfd::open(stamp.pid));
    if let [Ok(init), Ok(monitor)] = processes {
        let _ = init.signal(SIGKILL);
        let _ = monitor.ended_within(END_LIMIT);
    }
}

/// A start on its way, with the network helper's words.
struct Launched {
    starting: Starting,
    errors: Option<File>,
    foreign: Option<Foreign>,
    /// Where the server of the tree complains, if there is one.
    served: PathBuf,
}

impl Launched {
    /// Says why the start failed; the workload's own failures decide the exit code.
    fn explain(&mut self, record: &ContainerRecord, failure: Failure) -> Error {
        if let Failure::Network(_) = failure {
            let said = self.errors.take().map(last_line).unwrap_or_default();
            return Error::new(format!("cannot start {}: network: {said}", record.name));
        }
        if let Some(said) = server::complaint(&self.served) {
            let name = &record.name;
            return Error::new(format!("cannot start {name}: fuse-overlayfs: {said}"));
        }
        let foreign = self.foreign.as_ref();
        let theirs = foreign.and_then(|f| foreign::explain(record, &f.log(), &failure));
        theirs.unwrap_or_else(|| explain(record, failure))
    }
}

impl Drop for Launched {
    fn drop(&mut self) {
        if let Some(foreign) = &self.foreign {
            foreign.forget_console();
        }
    }
}

/// Says why a start failed; the workload's own failures decide the exit code.
pub(crate) fn explain(record: &ContainerRecord, failure: Failure) -> Error {
    const ENOENT: i32 = 2;
    let name = &record.name;
    if let Some(errno) = failure.of_exec() {
        let kind = if errno == ENOENT {
            Kind::NotFound
        } else {
            Kind::CannotRun
        };
        let command = record.argv.first().map_or("", String::as_str);
        let reason = if errno == ENOENT && !command.contains('/') {
            "executable file not found in $PATH".to_owned()
        } else {
            crate::sys::reason(errno)
        };
        let command = crate::types::escape::visible(command);
        let doing = format!("cannot run {name}: exec {command}");
        let foreign = crate::engine::binfmt::explain(record, &doing, errno);
        return foreign.unwrap_or_else(|| Error::of(kind, format!("{doing}: {reason}")));
    }
    if let Some(path) = failure.of_workdir() {
        let path = crate::types::escape::quoted(path);
        return Error::of(
            Kind::CannotRun,
            format!("cannot start {name}: workdir {path} does not exist on container {name}"),
        );
    }
    let error = Error::new(format!("cannot start {name}: {failure}"));
    match failure.refuses_proc() {
        // The kernel shows no more of /proc than there is to see: mount_too_revealing().
        true => error.hint(
            "/proc is partly hidden here, as inside a container: start the outer one with \
                 --security-opt unmask=ALL (Docker: systempaths=unconfined)",
        ),
        false => error,
    }
}

/// The last line a network helper wrote, at most 4 KiB of it.
fn last_line(mut errors: File) -> String {
    use std::io::Read;
    let mut bytes = vec![0; 4096];
    let count = errors.read(&mut bytes).unwrap_or(0);
    let text = String::from_utf8_lossy(&bytes[..count]);
    let line = text
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("no reason given");
    crate::types::escape::visible(line.trim())
}

/// The journal's socket and what every entry of this container's output says of it.
fn journal_orders(record: &ContainerRecord) -> Result<Option<(String, Vec<u8>)>, Error> {
    let request = &record.request;
    if request.log.driver != LogDriver::Journald {
        return Ok(None);
    }
    let message = "the log driver journald needs systemd's journal, and it is not there";
    if !journal::is_there() {
        return Err(Error::new(message).hint("use --log-driver k8s-file"));
    }
    let tag = request.log.tag.as_deref().unwrap_or_default();
    let identifier = if tag.is_empty() {
        record.name.as_str()
    } else {
        tag
    };
    let mut entry = journal::Entry::default();
    for (name, value) in [
        ("SYSLOG_IDENTIFIER", identifier),
        ("CONTAINER_ID", record.id.short()),
        ("CONTAINER_ID_FULL", record.id.as_str()),
        ("CONTAINER_NAME", record.name.as_str()),
        ("IMAGE_NAME", &record.image_name),
    ] {
        entry.add(name, value.as_bytes());
    }
    for (name, value) in &request.log.labels {
        entry.add(name, value.as_bytes());
    }
    if !tag.is_empty() {
        entry.add("CONTAINER_TAG", tag.as_bytes());
    }
    Ok(Some((journal::SOCKET.to_owned(), entry.bytes)))
}

/// Copies of the caller's streams for a container that gets them as they are.
fn passed_streams(
    record: &ContainerRecord,
    passed: &mut Passed,
) -> Result<Option<[RawFd; 3]>, Error> {
    let driver = record.request.log.driver;
    if !driver.passes_streams() {
        return Ok(None);
    }
    let (stdin, stdout, stderr) = (std::io::stdin(), std::io::stdout(), std::io::stderr());
    let streams = [stdin.as_fd(), stdout.as_fd(), stderr.as_fd()];
    // A terminal in the container's hands could be made to type: TIOCSTI, ioctl_tty(2).
    let terminal = streams.iter().any(|fd| crate::sys::pty::is_terminal(*fd));
    if terminal && driver == LogDriver::Passthrough {
        return Err(
            Error::new("the '--log-driver passthrough' option cannot be used on a TTY")
                .hint("--log-driver passthrough-tty hands the terminal to the container"),
        );
    }
    let mut numbers = [0; 3];
    for (number, fd) in numbers.iter_mut().zip(streams) {
        *number = passed.add_copy(fd)?;
    }
    Ok(Some(numbers))
}

/// What the monitor is told about the network helper, and where its words arrive.
fn network_orders(
    bundle: &Bundle,
    passed: &mut Passed,
) -> Result<(Option<launch::Network>, Option<File>), Error> {
    let Some(helper) = &bundle.network.helper else {
        return Ok((None, None));
    };
    let (read, write) = std::io::pipe().map_err(|e| Error::new(format!("pipe: {e}")))?;
    let errors = passed.add(write.into());
    let pid_file = match &helper.ready {
        network::Ready::Background { pid_file } => {
            let file = File::options()
                .read(true)
                .write(true)
                .create(true)
                .truncate(true)
                .open(pid_file)
                .map_err(|e| Error::new(format!("cannot make {}: {e}", pid_file.display())))?;
            Some(passed.add(file.into()))
        }
        network::Ready::Byte => None,
    };
    let kind = match helper.kind {
        network::HelperKind::Pasta | network::HelperKind::Bridge => wire::network::PASTA,
        network::HelperKind::Slirp => wire::network::SLIRP,
    };
    let orders = launch::Network {
        kind,
        argv: helper.argv.clone(),
        errors,
        pid_file,
    };
    Ok((Some(orders), Some(OwnedFd::from(read).into())))
}

/// A process's number with what tells it from a later one of the same number.
pub(crate) fn stamp(pid: i32) -> Result<ProcessStamp, Error> {
    let start_time = crate::sys::process::start_time(pid)
        .ok_or_else(|| Error::new(format!("process {pid} ended while it was being started")))?;
    Ok(ProcessStamp { pid, start_time })
}

fn open_directory(path: &Path) -> Result<OwnedFd, Error> {
    crate::sys::fs::open_directory(path).map_err(|error| {
        Error::new(format!(
            "cannot open {}: {}",
            path.display(),
            error.reason()
        ))
    })
}

/// This executable, whatever its name is by now.
fn own_executable() -> Result<OwnedFd, Error> {
    File::open("/proc/self/exe")
        .map(OwnedFd::from)
        .map_err(|error| Error::new(format!("cannot open /proc/self/exe: {error}")))
}

/// What the monitor and its follow-up need of the caller's environment (S-72).
pub(crate) fn minimal_environment() -> Vec<CString> {
    const KEPT: [&str; 9] = [
        "PATH",
        "HOME",
        "USER",
        "LOGNAME",
        "XDG_RUNTIME_DIR",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "CORACLE_FAILPOINT",
        "CORACLE_FAILPOINT_TRACE",
    ];
    KEPT.iter()
        .filter_map(|name| {
            let value = std::env::var_os(name)?;
            let mut word = name.as_bytes().to_vec();
            word.push(b'=');
            word.extend_from_slice(value.as_encoded_bytes());
            CString::new(word).ok()
        })
        .collect()
}

/// An exit record for a run whose end nobody saw.
pub(crate) fn unknown_exit(error: &str) -> ExitRecord {
    ExitRecord {
        code: 255,
        signal: 0,
        finished: Timestamp::now(),
        oom_killed: false,
        log_lost: 0,
        known: false,
        error: error.to_owned(),
    }
}

/// Gives a workload's terminal the size of ours before it looks: what `attach` tells comes later.
pub(super) fn size_terminal(process: &mut Process) {
    if process.terminal() != Some(true) {
        return;
    }
    let size = window_size(std::io::stdin()).or_else(|| window_size(std::io::stdout()));
    if let Some((rows, columns)) = size {
        let size = BoxBuilder::default().height(rows).width(columns).build();
        process.set_console_size(size.ok());
    }
}
