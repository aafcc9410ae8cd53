//! `create`, `start`, `run`: a bundle becomes a container, the container a process.

use std::fs;
use std::io::Write;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use oci_spec::runtime::Spec;

use crate::engine::oci::foreground::{self, Outcome};
use crate::engine::oci::prepare;
use crate::engine::oci::{Create, Error, Runtime, cgroup, load};
use crate::engine::start::stamp;
use crate::guest::wire::stage;
use crate::runtime::bundle::Session;
use crate::runtime::conduct::{Conducted, Word, conduct};
use crate::runtime::container::{Container, Record, SOCKET, Status};
use crate::runtime::hooks;
use crate::runtime::launch::{Failure, Orders, Passed};
use crate::runtime::plan::Plan;
use crate::sys;
use crate::types::Timestamp;
use crate::userns;

/// How long a killed container may take to end.
const END: Duration = Duration::from_secs(10);
const SIGKILL: i32 = 9;

impl Runtime {
    /// Creates a container; its process waits for [`Runtime::start`].
    pub fn create(&self, request: &Create) -> Result<(), Error> {
        let spec = load(&request.bundle, request.config.as_deref())?;
        let process = spec.process().clone().unwrap_or_default();
        let console = prepare::console(&process, request.console_socket.as_deref())?;
        self.create_with(request, spec, console).map(drop)
    }

    /// Creates and starts a container. In the foreground it is waited for, and removed.
    pub fn run(&self, request: &Create, detach: bool) -> Result<Outcome, Error> {
        let spec = load(&request.bundle, request.config.as_deref())?;
        let process = spec.process().clone().unwrap_or_default();
        if detach {
            let console = prepare::console(&process, request.console_socket.as_deref())?;
            self.create_with(request, spec, console)?;
            self.start_created(&request.id)?;
            return Ok(Outcome::Detached);
        }
        sys::process::become_subreaper()?;
        let terminal = foreground::Terminal::wanted(&process, request.console_socket.as_deref())?;
        let container = self.create_with(request, spec, terminal.theirs()?)?;
        let init = container.init();
        drop(container);
        let started = self.start_created(&request.id);
        let outcome = match (started, init) {
            (Ok(()), Some(init)) => foreground::wait(&init, terminal),
            (Ok(()), None) => Err(Failure::Lost.into()),
            (Err(error), _) => Err(error),
        };
        let removed = self.delete(&request.id, true);
        let outcome = outcome?;
        removed?;
        Ok(outcome)
    }

    /// Starts; what cannot be started is not left behind.
    fn start_created(&self, id: &str) -> Result<(), Error> {
        self.start(id).inspect_err(|_| {
            let _ = self.delete(id, true);
        })
    }

    fn create_with(
        &self,
        request: &Create,
        spec: Spec,
        console: Option<OwnedFd>,
    ) -> Result<Container, Error> {
        #[allow(
            clippy::disallowed_methods,
            reason = "the caller's own path, recorded absolute as runtime.md, \"State\", asks"
        )]
        let bundle = fs::canonicalize(&request.bundle)
            .map_err(|error| Error::file("opening", &request.bundle, error))?;
        let privileged = prepare::privileged();
        prepare::check_rights(&spec, privileged)?;
        cgroup::check_devices(&spec)?;
        let root = spec.root().clone().unwrap_or_default();
        let record = Record {
            oci_version: spec.version().clone(),
            id: request.id.clone(),
            rootfs: bundle.join(root.path()),
            bundle,
            created: Timestamp::now(),
            owner: sys::process::effective_ids().0,
            annotations: spec.annotations().clone().unwrap_or_default(),
            init: None,
            steps: Vec::new(),
            cgroup: None,
            scope: None,
        };
        let mut container = Container::reserve(&self.root, record, &spec)?;
        let made = self.make(request, spec, console, privileged, &mut container);
        match made {
            Ok(()) => Ok(container),
            Err(error) => {
                if let Some(init) = container.init() {
                    let _ = init.signal(SIGKILL);
                    let _ = init.ended_within(END);
                }
                if let Some(cgroup) = cgroup::group(&container) {
                    cgroup.remove();
                }
                let _ = container.forget();
                Err(error)
            }
        }
    }

    fn make(
        &self,
        request: &Create,
        mut spec: Spec,
        console: Option<OwnedFd>,
        privileged: bool,
        container: &mut Container,
    ) -> Result<(), Error> {
        let linux = spec.linux().clone().unwrap_or_default();
        let mut passed = Passed::default();
        let directory = sys::fs::open_directory(&container.directory)?;
        let listen = passed.add(sys::seqpacket::listen(directory.as_fd(), SOCKET, 1)?);
        let (join_user, join) = prepare::joined(&linux, &mut passed)?;
        let mut process = spec.process().clone().unwrap_or_default();
        let preserve = request.preserve.pass(&mut process, &mut passed)?;
        spec.set_process(Some(process));
        let map = prepare::maps(&linux);
        let session = Session {
            bundle: container.record.bundle.clone(),
            privileged,
            join_user,
            join,
            deny_groups: !map.gid.is_empty() && userns::foreign::denies_groups(&map),
            cgroups: prepare::cgroup_view(&linux, None),
            seccomp: prepare::filter(linux.seccomp().as_ref())?,
            listen,
            preserve,
            new_keyring: !request.no_new_keyring,
            security: prepare::security(),
            states: [
                prepare::cut(&container.state(Status::Creating, 0)),
                prepare::cut(&container.state(Status::Created, 0)),
            ],
        };
        let plan = Plan::bundle(&spec, &session)?;
        container.record.steps = plan.init.iter().map(ToString::to_string).collect();
        let orders = Orders {
            primary: console.map(|fd| passed.add(fd)),
            ..Orders::default()
        };
        let mut conducted = conduct(plan, passed, &orders)?;
        let pid = self.accompany(&mut conducted, &spec, &map, container)?;
        conducted.finish()?;
        write_pid(request.pid_file.as_deref(), pid)
    }

    /// Does at each stage what only the command can do.
    fn accompany(
        &self,
        conducted: &mut Conducted,
        spec: &Spec,
        map: &userns::IdMap,
        container: &mut Container,
    ) -> Result<i32, Error> {
        loop {
            match conducted.next_word()? {
                Word::Held { stage, builder } => {
                    match stage {
                        stage::BORN => {
                            let place = self.place(spec, &container.record.id, builder)?;
                            if let Some(place) = place {
                                container.record.cgroup = Some(place.cgroup.path());
                                container.record.scope = place.scope;
                                container.save()?;
                            }
                        }
                        stage::MAPS => userns::foreign::write_maps(builder, map)
                            .map_err(|error| Error::Maps(error.to_string()))?,
                        stage::CREATED => before_pivot(spec, container)?,
                        _ => {}
                    }
                    conducted.resume()?;
                }
                Word::Init(pid) => {
                    let init = stamp(pid).map_err(|_| Failure::Lost)?;
                    container.record.init = Some(init);
                    container.save()?;
                }
                Word::Ready(pid) => {
                    // Not before: the builder would count among the processes.
                    self.limit(spec, container)?;
                    return Ok(pid);
                }
                Word::Running => return Err(Failure::Lost.into()),
            }
        }
    }

    /// Starts a created container; returns when its program was executed.
    pub fn start(&self, id: &str) -> Result<(), Error> {
        let container = Container::open_locked(&self.root, id)?;
        let status = self.status(&container);
        if status != Status::Created {
            return Err(Error::State {
                what: "start",
                id: id.to_owned(),
                status: status.word(),
            });
        }
        let spec = container.spec()?;
        let directory = sys::fs::open_directory(&container.directory)?;
        let socket = sys::seqpacket::connect(directory.as_fd(), SOCKET)?;
        crate::runtime::go::tell(&socket, &container.record.steps)?;
        let path = container.directory.join(SOCKET);
        fs::remove_file(&path).map_err(|error| Error::file("removing", &path, error))?;
        let Some(hooks) = spec.hooks() else {
            return Ok(());
        };
        let pid = container.record.init.map_or(0, |init| init.pid);
        let state = container.state(Status::Running, pid);
        let none = Vec::new();
        let hooks = hooks.poststart().as_ref().unwrap_or(&none);
        hooks::run("poststart", hooks, &state).inspect_err(|_| {
            // runtime.md, "Lifecycle": the container is stopped.
            if let Some(init) = container.init() {
                let _ = init.signal(SIGKILL);
            }
        })
    }
}

/// What has to be done when the container's namespaces and mounts are there.
fn before_pivot(spec: &Spec, container: &Container) -> Result<(), Error> {
    let pid = container.record.init.map_or(0, |init| init.pid);
    let process = spec.process().as_ref();
    if let Some(score) = process.and_then(|process| process.oom_score_adj()) {
        let path = format!("/proc/{pid}/oom_score_adj");
        fs::write(&path, score.to_string())
            .map_err(|error| Error::file("writing", Path::new(&path), error))?;
    }
    let Some(all) = spec.hooks() else {
        return Ok(());
    };
    let state = container.state(Status::Creating, pid);
    let none = Vec::new();
    #[allow(deprecated, reason = "specs still have them")]
    let prestart = all.prestart().as_ref().unwrap_or(&none);
    hooks::run("prestart", prestart, &state)?;
    let created = all.create_runtime().as_ref().unwrap_or(&none);
    hooks::run("createRuntime", created, &state)
}

/// Writes a pid file beside its name and renames it: who waits for it finds it whole.
pub(super) fn write_pid(path: Option<&Path>, pid: i32) -> Result<(), Error> {
    let Some(path) = path else {
        return Ok(());
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}", std::process::id()));
    fs::File::options()
        .write(true)
        .create_new(true)
        .mode(0o644)
        .open(&beside)
        .and_then(|mut file| file.write_all(pid.to_string().as_bytes()))
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|error| Error::file("writing", path, error))
}
