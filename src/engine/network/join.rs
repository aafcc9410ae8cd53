//! A container comes to its networks and goes.
//!
//! Addresses are taken before its files are written, the interfaces are made once its first
//! process exists and before the workload begins. Whoever sees its end takes it down again; where
//! nobody does, the next command that looks at it.

use std::io::Write;
use std::path::Path;

use crate::engine::{Engine, Error};
use crate::network::bridge::holder::{Action, Order};
use crate::network::bridge::lease::Leases;
use crate::network::bridge::netavark::{Container, Programs};
use crate::network::bridge::shared::{self, Shared};
use crate::network::{self, Bridged, HelperCommand, HelperKind, Ready};
use crate::runtime::cgroup::place::set_apart;
use crate::sys::failpoint::hit;
use crate::types::network::{Attachment, Joined, NetworkRecord};
use crate::types::request::Network;
use crate::types::{ContainerId, ContainerRecord};
use crate::userns::Base;

/// Where the monitor finds the process that stays; in the container's runtime directory.
pub(super) const PID_FILE: &str = "network-keep.pid";

impl Engine {
    /// Gives a container its addresses; `None` when it is on no named network.
    pub(crate) fn take_addresses(
        &self,
        record: &ContainerRecord,
        base: &Base,
    ) -> Result<Option<Bridged>, Error> {
        let Network::Bridge(attachments) = &record.request.network else {
            return Ok(None);
        };
        let path = std::env::var_os("PATH");
        let programs = Programs::find(path.as_deref()).map_err(Error::from)?;
        let store = self.store()?;
        let before = store.run(&record.id)?.map(|run| run.network.joined);
        let _lock = store.lock_networks()?;
        let networks = self.networks_of(attachments)?;
        for network in &networks {
            programs.check(network)?;
        }
        let wanted: Vec<(&Attachment, &NetworkRecord)> =
            attachments.iter().zip(&networks).collect();
        let runtime = self.runtime_dir()?;
        let mut leases = Leases::read(runtime)?;
        let before = before.unwrap_or_default();
        let joined = leases.take(record.id.as_str(), &wanted, &before)?;
        leases.write()?;
        hit("engine.network.leased")?;
        // Here, and not where it is needed: this command knows the way to the user's systemd.
        self.shared_namespace(base, runtime)?;
        hit("engine.network.shared")?;
        let named = networks.iter().filter(|network| network.dns_enabled);
        if programs.aardvark.is_none() && named.clone().next().is_some() {
            self.warn(
                "containers are not found by their names: aardvark-dns is not installed; \
                 everything else of the network works",
            );
        }
        let named = named.filter(|_| programs.aardvark.is_some());
        let servers = named.flat_map(|n| n.subnets.iter().filter_map(|s| s.gateway));
        Ok(Some(Bridged {
            joined,
            servers: servers.collect(),
            internal: networks.iter().all(|network| network.internal),
        }))
    }

    fn networks_of(&self, attachments: &[Attachment]) -> Result<Vec<NetworkRecord>, Error> {
        attachments
            .iter()
            .map(|one| self.network(&one.network))
            .collect()
    }

    /// The program that has the shared namespace keep a container's, run by the monitor while the
    /// namespace can be reached: afterwards its first process is closed to us.
    pub(crate) fn keeping(
        &self,
        record: &ContainerRecord,
        directory: &Path,
    ) -> Result<HelperCommand, Error> {
        // A link, so that the program finds its role in its name.
        let program = directory.join("coracle:network-keep");
        let own = format!("/proc/{}/exe", crate::sys::process::own_pid());
        std::os::unix::fs::symlink(own, &program)
            .map_err(|error| Error::file("making", &program, error))?;
        let role = program.to_string_lossy().into_owned();
        let mut words = self.follow_words(&role, &record.id);
        words.push(network::helper::PID_WORD.to_owned());
        Ok(HelperCommand {
            kind: HelperKind::Bridge,
            argv: network::helper::arguments(words)?,
            ready: Ready::Background {
                pid_file: directory.join(PID_FILE),
            },
            api: None,
        })
    }

    fn keep_namespace(&self, id: &ContainerId, pid: i32) -> Result<Shared, Error> {
        let base = self.base()?;
        let runtime = self.runtime_dir()?;
        let path = std::env::var_os("PATH");
        // Without the lock, for the monitor does not wait for ever: nobody ends the namespace while
        // this container has addresses.
        let shared = found(runtime)?;
        let order = Order {
            programs: Programs::find(path.as_deref())?,
            container: id.to_string(),
            action: Action::Keep(pid),
            documents: Vec::new(),
            files: Vec::new(),
        };
        shared.carry_out(base, &order)?;
        Ok(shared)
    }

    /// Finds the shared namespace or makes it; the lock of networks is held.
    fn shared_namespace(&self, base: &Base, runtime: &Path) -> Result<Shared, Error> {
        let path = std::env::var_os("PATH");
        if let Some(shared) = Shared::find(runtime)? {
            Shared::reconnect(runtime, path.as_deref())?;
            return Ok(shared);
        }
        // Of a command that was killed before it wrote down what it had started.
        self.end_shared(runtime);
        let shared = Shared::make(base, runtime, path.as_deref())?;
        self.set_network_apart(runtime);
        Ok(shared)
    }

    /// Ends the shared namespace; the lock of networks is held.
    fn end_shared(&self, runtime: &Path) {
        shared::give_up(runtime);
        crate::engine::strays::end_in(&shared::folder(runtime));
    }

    /// The shared namespace stays as long as any container on it, whoever's session or unit began it.
    fn set_network_apart(&self, runtime: &Path) {
        for pid in shared::processes(runtime) {
            set_network_process_apart(pid);
        }
    }

    /// Makes a container's interfaces; it is there but does not run yet.
    pub(crate) fn join_networks(&self, record: &ContainerRecord, base: &Base) -> Result<(), Error> {
        if record.request.network.attachments().is_empty() {
            return Ok(());
        }
        let _lock = self.store()?.lock_networks()?;
        let runtime = self.runtime_dir()?;
        let shared = found(runtime)?;
        let leases = Leases::read(runtime)?;
        let order = self.order(record, leases.of(record.id.as_str()), Action::SetUp)?;
        let server = shared.carry_out(base, &order)?;
        server.into_iter().for_each(set_network_process_apart);
        hit("engine.network.joined")?;
        Ok(())
    }

    /// What a worker is to do about some of a container's networks.
    pub(super) fn order(
        &self,
        record: &ContainerRecord,
        joined: &[Joined],
        action: Action,
    ) -> Result<Order, Error> {
        let said = record.request.dns.iter();
        let servers: Vec<String> = said.filter(|word| *word != "none").cloned().collect();
        self.order_of(
            &Container {
                id: record.id.as_str(),
                name: record.name.as_str(),
                aliases: &record.network_aliases(),
                servers: &servers,
                joined,
                networks: &self.networks()?,
            },
            action,
        )
    }

    fn order_of(&self, container: &Container<'_>, action: Action) -> Result<Order, Error> {
        let path = std::env::var_os("PATH");
        Ok(Order {
            programs: Programs::find(path.as_deref())?,
            container: container.id.to_owned(),
            action,
            documents: container.documents(),
            files: Vec::new(),
        })
    }

    /// Takes down what a container had on named networks and gives its addresses back; the last
    /// one ends the namespace. Its caller holds the container's lock, or has seen it gone.
    pub(crate) fn leave_networks(&self, id: &ContainerId, name: &str) {
        let Ok(runtime) = self.runtime_dir() else {
            return;
        };
        if Leases::any(runtime)
            && let Err(error) = self.leave(runtime, id, name)
        {
            self.warn(&format!("leaving the networks of {name}: {error}"));
        }
    }

    /// As [`Engine::leave_networks`], for a container that has ended: whoever should have done it
    /// was killed, or is about to.
    pub(crate) fn leave_forgotten_networks(&self, record: &ContainerRecord) {
        let (Ok(runtime), Ok(store)) = (self.runtime_dir(), self.store()) else {
            return;
        };
        if !Leases::seem_held(runtime, record.id.as_str()) {
            return;
        }
        if let Ok(Some(_lock)) = store.try_lock_container(&record.id)
            && !store.monitor_alive(&record.id)
        {
            self.leave_networks(&record.id, record.name.as_str());
        }
    }

    fn leave(&self, runtime: &Path, id: &ContainerId, name: &str) -> Result<(), Error> {
        let _lock = self.store()?.lock_networks()?;
        let mut leases = Leases::read(runtime)?;
        if !leases.holders.contains_key(id.as_str()) {
            return Ok(());
        }
        // First, so that nobody gets an address under which somebody still answers.
        let left = match leases.holders.len() {
            1 => {
                self.end_shared(runtime);
                Ok(())
            }
            _ => self.take_down(runtime, id, name, leases.of(id.as_str())),
        };
        hit("engine.network.left")?;
        leases.holders.remove(id.as_str());
        leases.write()?;
        left
    }

    fn take_down(
        &self,
        runtime: &Path,
        id: &ContainerId,
        name: &str,
        joined: &[Joined],
    ) -> Result<(), Error> {
        let Some(shared) = Shared::find(runtime)? else {
            return Ok(());
        };
        let order = self.order_of(
            &Container {
                id: id.as_str(),
                name,
                aliases: &[],
                servers: &[],
                joined,
                networks: &self.networks()?,
            },
            Action::TakeDown,
        )?;
        shared.carry_out(self.base()?, &order)?;
        Ok(())
    }
}

/// The unit or session whose command has started it may end without it.
pub(super) fn set_network_process_apart(pid: i32) {
    let scope = format!("coracle-network-{pid}.scope");
    if let Err(error) = set_apart(&scope, pid) {
        tracing::debug!("process {pid} of the networks stays where it is: {error}");
    }
}

/// The shared namespace of containers that run.
pub(super) fn found(runtime: &Path) -> Result<Shared, Error> {
    let gone = || {
        Error::new("the namespace of the networks has gone")
            .hint("it is made again when all containers on networks have been stopped")
    };
    Shared::find(runtime)?.ok_or_else(gone)
}

/// `coracle:network-keep ROOT RUNROOT ID EVENTS PATH SIZE PID`; the last line on standard error says
/// why it failed.
pub fn keep() -> Result<(), Error> {
    let pid = std::env::args().nth(7).and_then(|word| word.parse().ok());
    let (engine, id) = crate::engine::follow::engine_of_words()?;
    let id = engine.store()?.find_container(&id)?;
    let pid = pid.ok_or_else(|| Error::new("a process is needed"))?;
    let kept = engine.keep_namespace(&id, pid);
    let kept = kept.and_then(|shared| engine.begin_ports(&id, &shared));
    kept.inspect_err(|error| {
        let _ = std::io::stderr().write_all(format!("{error}\n").as_bytes());
    })
}

/// `coracle:network-hold`
pub fn hold() -> Result<(), Error> {
    Ok(network::bridge::holder::hold()?)
}

/// `coracle:network`
pub fn work() -> Result<(), Error> {
    Ok(network::bridge::holder::work()?)
}
