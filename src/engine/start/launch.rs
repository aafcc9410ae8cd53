//! What a start hands to the monitor: descriptors, orders, the plan.

use std::ffi::CString;
use std::fs::File;
use std::os::fd::{AsFd, OwnedFd, RawFd};
use std::path::{Path, PathBuf};

use crate::engine::bundle::Bundle;
use crate::engine::notify;
use crate::engine::server;
use crate::engine::start::explain::Launched;
use crate::engine::{Engine, Error};
use crate::guest::wire;
use crate::monitor;
use crate::network;
use crate::runtime::launch::{self, Orders, Passed};
use crate::runtime::plan::Plan;
use crate::sys::journal;
use crate::types::request::{LogDriver, RestartPolicy};
use crate::types::{ContainerId, ContainerRecord};
use crate::userns;

impl Engine {
    pub(super) fn launch(
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
            names: self.names_orders(record, bundle, &mut passed)?,
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

    /// Where the container's output is kept.
    pub(crate) fn log_path(&self, record: &ContainerRecord) -> Result<PathBuf, Error> {
        match &record.request.log.path {
            Some(path) => Ok(path.clone()),
            None => Ok(self.store()?.container_dir(&record.id).join("ctr.log")),
        }
    }
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
    const KEPT: [&str; 11] = [
        "PATH",
        "HOME",
        "USER",
        "LOGNAME",
        "XDG_RUNTIME_DIR",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "CONTAINERS_CONF",
        "CONTAINERS_CONF_OVERRIDE",
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
