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
use crate::types::network::{Attachment, NetworkRecord};
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
        let attachments = record.request.network.attachments();
        if attachments.is_empty() {
            return Ok(None);
        }
        let path = std::env::var_os("PATH");
        let programs = Programs::find(path.as_deref()).map_err(Error::from)?;
        let networks = self.networks_of(attachments)?;
        let wanted: Vec<(&Attachment, &NetworkRecord)> =
            attachments.iter().zip(&networks).collect();
        let _lock = self.store()?.lock_networks()?;
        let runtime = self.runtime_dir()?;
        let mut leases = Leases::read(runtime)?;
        let joined = leases.take(record.id.as_str(), &wanted)?;
        leases.write()?;
        // Here, and not where it is needed: this command knows the way to the user's systemd.
        self.shared_namespace(base, runtime)?;
        let named = networks
            .iter()
            .filter(|n| n.dns_enabled && programs.aardvark.is_some());
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
        let lock = self.store()?.lock_networks()?;
        let shared = self.shared_namespace(base, runtime)?;
        drop(lock);
        let order = Order {
            programs: Programs::find(path.as_deref())?,
            container: id.to_string(),
            action: Action::Keep(pid),
            document: serde_json::Value::Null,
        };
        shared.carry_out(base, &order)?;
        Ok(shared)
    }

    /// Finds the shared namespace or makes it; the lock of networks is held.
    fn shared_namespace(&self, base: &Base, runtime: &Path) -> Result<Shared, Error> {
        if let Some(shared) = Shared::find(runtime)? {
            return Ok(shared);
        }
        let path = std::env::var_os("PATH");
        let shared = Shared::make(base, runtime, path.as_deref())?;
        self.set_network_apart(runtime);
        Ok(shared)
    }

    /// The shared namespace stays as long as any container on it, whoever's session or unit began it.
    fn set_network_apart(&self, runtime: &Path) {
        for pid in shared::processes(runtime) {
            let scope = format!("coracle-network-{pid}.scope");
            if let Err(error) = set_apart(&scope, pid) {
                tracing::debug!("process {pid} of the networks stays where it is: {error}");
            }
        }
    }

    /// Makes a container's interfaces; it is there but does not run yet.
    pub(crate) fn join_networks(&self, record: &ContainerRecord, base: &Base) -> Result<(), Error> {
        if record.request.network.attachments().is_empty() {
            return Ok(());
        }
        let _lock = self.store()?.lock_networks()?;
        let runtime = self.runtime_dir()?;
        let shared = Shared::find(runtime)?;
        let shared = shared.ok_or_else(|| Error::new("the namespace of the networks has gone"))?;
        let leases = Leases::read(runtime)?;
        let order = self.order(&leases, &record.id, record.name.as_str(), Action::SetUp)?;
        Ok(shared.carry_out(base, &order)?)
    }

    fn order(
        &self,
        leases: &Leases,
        id: &ContainerId,
        name: &str,
        action: Action,
    ) -> Result<Order, Error> {
        let path = std::env::var_os("PATH");
        let networks = self.networks()?;
        let joined = leases
            .holders
            .get(id.as_str())
            .map_or(&[][..], Vec::as_slice);
        let container = Container {
            id: id.as_str(),
            name,
            joined,
            networks: &networks,
        };
        Ok(Order {
            programs: Programs::find(path.as_deref())?,
            container: id.to_string(),
            action,
            document: container.document(),
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

    fn leave(&self, runtime: &std::path::Path, id: &ContainerId, name: &str) -> Result<(), Error> {
        let _lock = self.store()?.lock_networks()?;
        let mut leases = Leases::read(runtime)?;
        if !leases.holders.contains_key(id.as_str()) {
            return Ok(());
        }
        let order = self.order(&leases, id, name, Action::TakeDown);
        leases.holders.remove(id.as_str());
        leases.write()?;
        if leases.holders.is_empty() {
            shared::give_up(runtime);
            return Ok(());
        }
        match Shared::find(runtime)? {
            Some(shared) => Ok(shared.carry_out(self.base()?, &order?)?),
            None => Ok(()),
        }
    }
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
