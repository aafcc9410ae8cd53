//! Namespaces of others that a container uses: of a container, or of a file (`ns:PATH`).
//!
//! Opened once, when the start begins: whoever the number belongs to later does not matter. A
//! container that is needed and does not run is started, as Podman does.

use std::collections::HashMap;
use std::fs::File;
use std::os::fd::{AsFd, OwnedFd, RawFd};
use std::path::{Path, PathBuf};

use crate::engine::list::same_process;
use crate::engine::views::StartMode;
use crate::engine::{Engine, Error, Kind};
use crate::runtime::launch::Passed;
use crate::spec;
use crate::sys::namespace;
use crate::sys::process::Pidfd;
use crate::types::container::ProcessStamp;
use crate::types::request::{NamespaceMode, UserNamespace};
use crate::types::{ContainerId, ContainerRecord, RunRequest, Status};
use crate::userns;

/// A kind of namespace: its clone flag and its name in /proc/PID/ns.
pub(crate) type Kinded = (u64, &'static str);

pub(crate) const CGROUP: Kinded = (0x0200_0000, "cgroup");
pub(crate) const UTS: Kinded = (0x0400_0000, "uts");
pub(crate) const IPC: Kinded = (0x0800_0000, "ipc");
pub(crate) const USER: Kinded = (0x1000_0000, "user");
pub(crate) const PID: Kinded = (0x2000_0000, "pid");
pub(crate) const NET: Kinded = (0x4000_0000, "net");

/// Containers by the id of one whose namespace they use.
pub(crate) type Users = HashMap<String, Vec<ContainerId>>;

/// An order being made: each container once, after its users.
struct Order<'a> {
    named: &'a [(String, Option<ContainerId>)],
    whole: bool,
    done: Vec<ContainerId>,
    names: Vec<String>,
}

impl Order<'_> {
    fn visit(
        &mut self,
        engine: &Engine,
        name: &str,
        id: Option<&ContainerId>,
    ) -> Result<(), Error> {
        if let Some(id) = id {
            if self.done.contains(id) {
                return Ok(());
            }
            self.done.push(id.clone());
            for user in engine.dependents(id)? {
                let named = self.named.iter().find(|(_, id)| id.as_ref() == Some(&user));
                match named {
                    Some((name, _)) => self.visit(engine, name, Some(&user))?,
                    None if self.whole => self.visit(engine, user.as_str(), Some(&user))?,
                    None => {}
                }
            }
        }
        self.names.push(name.to_owned());
        Ok(())
    }
}

/// What is joined.
#[derive(Default)]
pub(crate) struct Shared {
    opened: Vec<(OwnedFd, u64, String)>,
    user: Option<OwnedFd>,
    /// Whose /dev/shm is used: its first process, and its number.
    lender: Option<(Pidfd, i32)>,
}

impl Shared {
    /// Finds out whose namespace of a kind is used, and opens it.
    pub fn namespace(
        &mut self,
        engine: &Engine,
        mode: &NamespaceMode,
        kind: Kinded,
    ) -> Result<spec::Namespace, Error> {
        match mode {
            NamespaceMode::Private => Ok(spec::Namespace::Private),
            NamespaceMode::Host => Ok(spec::Namespace::Host),
            NamespaceMode::Container(name) => self.of_container(engine, name, kind),
            NamespaceMode::Path(path) => {
                let fd = open_file(path, kind)?;
                if is_own(&fd, kind)? {
                    return Ok(spec::Namespace::Host);
                }
                self.opened.push((fd, kind.0, said(path, kind)));
                Ok(spec::Namespace::Join(path.clone()))
            }
        }
    }

    /// Opens a namespace of another container.
    pub fn of_container(
        &mut self,
        engine: &Engine,
        name: &str,
        kind: Kinded,
    ) -> Result<spec::Namespace, Error> {
        let (init, path) = engine.needed(name, kind)?;
        let fd = opened(init, kind)?;
        // That container has the host's.
        if is_own(&fd, kind)? {
            return Ok(spec::Namespace::Host);
        }
        if kind == IPC {
            self.lender = same_process(init).map(|process| (process, init.pid));
        }
        let what = format!("the {} namespace of process {}", kind.1, init.pid);
        self.opened.push((fd, kind.0, what));
        Ok(spec::Namespace::Join(path))
    }

    /// Opens the user namespace that is another's.
    pub fn user(
        &mut self,
        engine: &Engine,
        record: &ContainerRecord,
        base: &userns::Base,
    ) -> Result<spec::Namespace, Error> {
        let (fd, path) = match &record.request.userns {
            UserNamespace::Container(name) => {
                let (init, path) = engine.needed(name, USER)?;
                (opened(init, USER)?, path)
            }
            UserNamespace::Path(path) => (open_file(path, USER)?, path.clone()),
            _ => return Ok(spec::Namespace::Private),
        };
        let base = namespace::identity(base.as_fd())?;
        if is_own(&fd, USER)? || namespace::identity(fd.as_fd())? == base {
            return Ok(spec::Namespace::Private);
        }
        self.user = Some(fd);
        Ok(spec::Namespace::Join(path))
    }

    /// The way to the /dev/shm that is used together with an IPC namespace.
    pub fn shm(&self) -> Option<PathBuf> {
        let (_, pid) = self.lender.as_ref()?;
        Some(PathBuf::from(format!("/proc/{pid}/root/dev/shm")))
    }

    /// Hands over the process that lends its /dev/shm.
    pub fn pass_lender(&self, passed: &mut Passed) -> Result<Option<RawFd>, Error> {
        let lender = self.lender.as_ref();
        Ok(lender
            .map(|(process, _)| passed.add_copy(process.as_fd()))
            .transpose()?)
    }

    /// Hands everything to the guest: the number of the user namespace, and the others.
    pub fn pass(&self, passed: &mut Passed) -> Result<ToJoin, Error> {
        let mut joined = Vec::new();
        for (fd, flag, what) in &self.opened {
            joined.push((passed.add_copy(fd.as_fd())?, *flag, what.clone()));
        }
        let user = match &self.user {
            Some(fd) => Some(passed.add_copy(fd.as_fd())?),
            None => None,
        };
        Ok((user, joined))
    }
}

/// The number of a user namespace, and of others: their flags, and how errors call them.
pub type ToJoin = (Option<RawFd>, Vec<(RawFd, u64, String)>);

/// Opens a namespace of a process that was noted earlier.
fn opened(init: ProcessStamp, kind: Kinded) -> Result<OwnedFd, Error> {
    let fd = namespace::of_process(init.pid, kind.1)?;
    // It was opened by number: the number must still be that process's (S-77).
    match same_process(init) {
        Some(_) => Ok(fd),
        None => Err(Error::new(format!("process {} has ended", init.pid))),
    }
}

fn said(path: &Path, kind: Kinded) -> String {
    format!("the {} namespace {}", kind.1, path.display())
}

/// Opens a namespace file, and nothing else.
pub(crate) fn open_file(path: &Path, kind: Kinded) -> Result<OwnedFd, Error> {
    let bad = |why: String| {
        let shown = crate::types::escape::quoted(&path.to_string_lossy());
        Error::new(format!("{shown}: {why}"))
    };
    let reason =
        |error: std::io::Error| bad(crate::sys::reason(error.raw_os_error().unwrap_or_default()));
    // A fifo or a device would make the opening wait or act.
    if !std::fs::metadata(path).map_err(reason)?.is_file() {
        return Err(bad(format!("is not a {} namespace", kind.1)));
    }
    let fd = OwnedFd::from(File::open(path).map_err(reason)?);
    match namespace::kind(fd.as_fd()) {
        Ok(flag) if flag == kind.0 => Ok(fd),
        _ => Err(bad(format!("is not a {} namespace", kind.1))),
    }
}

/// Whether it is the one this process is in.
pub(crate) fn is_own(fd: &OwnedFd, kind: Kinded) -> Result<bool, Error> {
    let own = namespace::own(kind.1)?;
    Ok(namespace::identity(fd.as_fd())? == namespace::identity(own.as_fd())?)
}

impl Engine {
    /// The first process of a container that must run, and the way to its namespace.
    fn needed(&self, name: &str, kind: Kinded) -> Result<(ProcessStamp, PathBuf), Error> {
        let mut other = self.container(name)?;
        if matches!(other.status, Status::Created | Status::Exited) {
            self.start(other.record.id.as_str(), StartMode::Detached)?;
            other = self.container(other.record.id.as_str())?;
        }
        let run = other
            .run
            .as_ref()
            .filter(|_| matches!(other.status, Status::Running | Status::Paused));
        let Some(run) = run else {
            return Err(Error::new(format!(
                "container {} is not running: its {} namespace cannot be joined",
                other.record.name, kind.1
            )));
        };
        let pid = run.init.pid;
        Ok((
            run.init,
            PathBuf::from(format!("/proc/{pid}/ns/{}", kind.1)),
        ))
    }

    /// Replaces the names of the containers a request depends on by their ids.
    pub(crate) fn settle_dependencies(&self, request: &mut RunRequest) -> Result<(), Error> {
        for word in request.dependencies_mut() {
            let other = self.container(word)?;
            *word = other.record.id.to_string();
        }
        if let NamespaceMode::Container(id) = &request.ipc_mode {
            let other = self.container(id)?;
            if other.record.request.ipc_sharing != crate::types::request::IpcSharing::Shareable {
                // Podman's sentence: scripts know it, the hint within it too.
                return Err(Error::new(format!(
                    "joining IPC of container {} is not allowed: non-shareable IPC \
                     (hint: use IpcMode:shareable for the donor container)",
                    other.record.name
                )));
            }
        }
        Ok(())
    }

    /// The containers that use a namespace of this one, of those that are still there. Who
    /// uses whom is read once per command.
    fn dependents(&self, id: &ContainerId) -> Result<Vec<ContainerId>, Error> {
        let store = self.store()?;
        if self.users_of.get().is_none() {
            let mut users = Users::new();
            for entry in store.containers()? {
                let Ok(record) = entry.record() else { continue };
                for needed in record.request.dependencies() {
                    let list: &mut Vec<ContainerId> = users.entry(needed.to_owned()).or_default();
                    list.push(record.id.clone());
                }
            }
            let _ = self.users_of.set(users);
        }
        let users = self.users_of.get().and_then(|users| users.get(id.as_str()));
        let there = |user: &&ContainerId| store.container_dir(user).exists();
        Ok(users.into_iter().flatten().filter(there).cloned().collect())
    }

    /// Puts containers in an order in which they can be removed: users of a namespace first.
    /// `whole` adds the users that were not named.
    pub fn removal_order(&self, names: &[String], whole: bool) -> Result<Vec<String>, Error> {
        let mut named = Vec::new();
        for name in names {
            // Who is missing is said later.
            named.push((name.clone(), self.container(name).ok().map(|c| c.record.id)));
        }
        let mut order = Order {
            named: &named,
            whole,
            done: Vec::new(),
            names: Vec::new(),
        };
        for (name, id) in &named {
            order.visit(self, name, id.as_ref())?;
        }
        Ok(order.names)
    }

    /// Refuses to remove what others need, in Podman's words.
    pub(crate) fn refuse_needed(&self, id: &ContainerId) -> Result<(), Error> {
        let dependents = self.dependents(id)?;
        if dependents.is_empty() {
            return Ok(());
        }
        let ids: Vec<&str> = dependents.iter().map(ContainerId::as_str).collect();
        Err(Error::of(
            Kind::Failure,
            format!(
                "container {id} has dependent containers which must be removed before it: {}: container already exists",
                ids.join(", ")
            ),
        )
        .hint("rm --depend removes them too"))
    }
}
