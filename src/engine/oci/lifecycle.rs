//! `state`, `kill`, `delete`, `ps`, `pause`, `resume`.

use std::fs;
use std::os::fd::AsFd;
use std::time::Duration;

use crate::engine::oci::{Container, Error, Runtime, Status, cgroup};
use crate::runtime::hooks;
use crate::sys::namespace;
use crate::sys::process::Pidfd;

/// How long a killed container may take to end.
const END: Duration = Duration::from_secs(10);
const SIGKILL: i32 = 9;

impl Runtime {
    pub fn status(&self, container: &Container) -> Status {
        let frozen = cgroup::group(container).is_some_and(|group| group.is_frozen());
        container.status(frozen)
    }

    /// The state as JSON: runtime.md, "State", and what runc and crun add.
    pub fn state(&self, id: &str) -> Result<serde_json::Value, Error> {
        let container = self.container(id)?;
        Ok(self.state_of(&container))
    }

    /// The same of a container already opened; the pid of a stopped one is 0.
    pub fn state_of(&self, container: &Container) -> serde_json::Value {
        let status = self.status(container);
        let pid = match (status, container.record.init) {
            (Status::Stopped, _) | (_, None) => 0,
            (_, Some(init)) => init.pid,
        };
        let mut state = container.state(status, pid);
        let record = &container.record;
        state["rootfs"] = serde_json::json!(record.rootfs);
        state["created"] = serde_json::json!(record.created);
        state["owner"] = serde_json::json!(
            crate::sys::user::name_of(record.owner).unwrap_or_else(|| record.owner.to_string())
        );
        state
    }

    /// Sends a signal to init, or to every process.
    pub fn kill(&self, id: &str, signal: i32, all: bool) -> Result<(), Error> {
        let container = self.container(id)?;
        let stopped = || Error::State {
            what: "kill",
            id: id.to_owned(),
            status: Status::Stopped.word(),
        };
        if all {
            let mut any = false;
            for pid in self.processes(&container)? {
                // A process that has ended meanwhile needs no signal.
                any |= Pidfd::open(pid).is_ok_and(|process| process.signal(signal).is_ok());
            }
            return if any { Ok(()) } else { Err(stopped()) };
        }
        let init = container.init().ok_or_else(stopped)?;
        Ok(init.signal(signal)?)
    }

    /// Removes what is left of a container; `force` ends one that runs, and is content with none.
    pub fn delete(&self, id: &str, force: bool) -> Result<(), Error> {
        let container = match Container::open_locked(&self.root, id) {
            Err(Error::NoSuchContainer(_)) if force => {
                // Of a creation that was killed before it wrote anything.
                let directory = self.root.join(id);
                if !id.contains('/') && !id.starts_with('.') && !id.is_empty() {
                    let _ = crate::sys::tree::remove_path(&directory);
                }
                return Ok(());
            }
            other => other?,
        };
        let status = self.status(&container);
        if !force && !matches!(status, Status::Stopped | Status::Created) {
            return Err(Error::State {
                what: "delete",
                id: id.to_owned(),
                status: status.word(),
            });
        }
        self.end(&container)?;
        let spec = container.spec();
        let state = container.state(Status::Stopped, 0);
        if let Some(cgroup) = cgroup::group(&container) {
            cgroup.remove();
        }
        container.forget()?;
        let Ok(spec) = spec else { return Ok(()) };
        let none = Vec::new();
        let hooks = spec
            .hooks()
            .as_ref()
            .and_then(|hooks| hooks.poststop().as_ref());
        // runtime.md, "Lifecycle": a poststop hook that fails is told, the others still run.
        let mut failed = Ok(());
        for hook in hooks.unwrap_or(&none) {
            failed = failed.and(hooks::run("poststop", std::slice::from_ref(hook), &state));
        }
        failed
    }

    /// Ends every process of a container.
    fn end(&self, container: &Container) -> Result<(), Error> {
        let Some(init) = container.init() else {
            return Ok(());
        };
        let others = self.processes(container).unwrap_or_default();
        let _ = init.signal(SIGKILL);
        for pid in others {
            if let Ok(process) = Pidfd::open(pid) {
                let _ = process.signal(SIGKILL);
            }
        }
        if let Some(cgroup) = cgroup::group(container) {
            // Frozen ones too.
            cgroup.kill();
        }
        if init.ended_within(END)? {
            return Ok(());
        }
        Err(Error::State {
            what: "end",
            id: container.record.id.clone(),
            status: Status::Running.word(),
        })
    }

    /// The pids of a container as seen from here: those in its cgroup, else in its pid
    /// namespace, else init.
    pub fn processes(&self, container: &Container) -> Result<Vec<i32>, Error> {
        if let Some(cgroup) = cgroup::group(container) {
            return Ok(cgroup.processes());
        }
        let Some(init) = container.record.init.filter(|_| container.init().is_some()) else {
            return Ok(Vec::new());
        };
        let theirs = namespace::of_process(init.pid, "pid")?;
        if namespace::same(&theirs, namespace::own("pid")?)? {
            return Ok(vec![init.pid]);
        }
        let wanted = namespace::identity(theirs.as_fd())?;
        let entries = fs::read_dir("/proc")
            .map_err(|error| Error::file("reading", std::path::Path::new("/proc"), error))?;
        let mut pids: Vec<i32> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter(|pid| {
                let theirs = namespace::of_process(*pid, "pid");
                theirs.is_ok_and(|ns| namespace::identity(ns.as_fd()).is_ok_and(|is| is == wanted))
            })
            .collect();
        pids.sort_unstable();
        Ok(pids)
    }
}
