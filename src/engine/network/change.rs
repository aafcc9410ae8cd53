//! `network connect`, `disconnect`, `reload` and `update`: what changes while containers exist.
//!
//! The interface is made before it is on record, and taken away before it is off record: what a
//! killed command has begun, the same command ends.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use crate::engine::lifecycle::is_alive;
use crate::engine::network::join::{found, set_network_process_apart};
use crate::engine::network::stored_name;
use crate::engine::{Container, Engine, Error, Kind};
use crate::network::bridge::etc::{self, Change};
use crate::network::bridge::holder::{Action, Order};
use crate::network::bridge::lease::Leases;
use crate::network::bridge::netavark::Programs;
use crate::network::bridge::shared::Shared;
use crate::store::ContainerLock;
use crate::sys::failpoint::hit;
use crate::types::network::{Attachment, Joined, NetworkRecord};
use crate::types::request::Network;
use crate::types::{ContainerId, ContainerRecord, Event, RunRecord};

/// What becomes of a network that cannot be left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Insist {
    No,
    /// The container is off it all the same.
    Yes,
}

/// A container whose networks change.
struct Changing {
    lock: ContainerLock,
    record: ContainerRecord,
    /// While it runs.
    run: Option<RunRecord>,
}

impl Engine {
    /// Puts a container on one network more, at once where it runs.
    pub fn connect_network(
        &self,
        network: &str,
        container: &str,
        wish: &Attachment,
    ) -> Result<(), Error> {
        let mut changing = self.changing(container)?;
        let network = self.network(network)?;
        let id = changing.record.id.clone();
        let mut all = attachments(&changing.record)?.to_vec();
        if all.iter().any(|one| one.network == network.name) {
            // As Docker: what does not run is told nothing.
            return match changing.run {
                None => Ok(()),
                Some(_) => Err(Error::new(format!(
                    "container {id} is already connected to network {}: network is already \
                     connected",
                    network.name
                ))),
            };
        }
        check_addresses(wish, &network)?;
        let wish = Attachment {
            network: network.name.clone(),
            ..wish.clone()
        };
        all.push(wish.clone());
        changing.record.request.network = Network::Bridge(all);
        match changing.run.take() {
            None => self
                .store()?
                .change_container(&changing.lock, &changing.record)?,
            Some(run) => self.connect_running(&changing, run, &wish, &network)?,
        }
        self.record_joining(&changing.record, "connect", &network);
        Ok(())
    }

    fn connect_running(
        &self,
        changing: &Changing,
        mut run: RunRecord,
        wish: &Attachment,
        network: &NetworkRecord,
    ) -> Result<(), Error> {
        let (record, id) = (&changing.record, changing.record.id.as_str());
        let (store, base, runtime) = (self.store()?, self.base()?, self.runtime_dir()?);
        let _lock = store.lock_networks()?;
        let shared = found(runtime)?;
        let mut leases = Leases::read(runtime)?;
        let leave = |leases: &mut Leases| -> Result<(), Error> {
            let here = leases.of(id).iter().find(|one| one.id == network.id);
            if let Some(joined) = here.cloned() {
                let order = self.order(record, &[joined], Action::Leave)?;
                let _ = shared.carry_out(base, &order);
                leases.give_back(id, &network.name);
                leases.write()?;
            }
            Ok(())
        };
        // Of a command that was killed before it was on record.
        leave(&mut leases)?;
        let joined = leases.add(id, wish, network, None, &[])?;
        leases.write()?;
        hit("engine.network.leased")?;
        let mut order = self.order(record, std::slice::from_ref(&joined), Action::SetUp)?;
        order.files = files(record, &run, network, &joined, Come::In);
        match shared.carry_out(base, &order) {
            Ok(server) => server.into_iter().for_each(set_network_process_apart),
            Err(error) => {
                leave(&mut leases)?;
                return Err(error.into());
            }
        }
        hit("engine.network.connected")?;
        let mut all = run.network.joined.clone();
        all.retain(|one| one.network != network.name);
        all.push(joined);
        run.network.join(all);
        self.keep_change(changing, &run)
    }

    /// Both records of a running container.
    fn keep_change(&self, changing: &Changing, run: &RunRecord) -> Result<(), Error> {
        let store = self.store()?;
        store.write_run(&changing.record.id, run)?;
        hit("engine.network.recorded")?;
        // The last word: until it is said, the same command does the rest.
        store.change_container(&changing.lock, &changing.record)?;
        self.lead_ports(&changing.record.id, &run.network.joined)
    }

    /// Takes a container from a network, at once where it runs.
    pub fn disconnect_network(
        &self,
        network: &str,
        container: &str,
        insist: Insist,
    ) -> Result<(), Error> {
        let mut changing = self.changing(container)?;
        let network = self.network(network)?;
        let mut all = attachments(&changing.record)?.to_vec();
        let before = all.len();
        all.retain(|one| one.network != network.name);
        if all.len() == before {
            return Err(Error::new(format!(
                "container {} is not connected to network {}",
                crate::types::escape::visible(container),
                network.name
            )));
        }
        changing.record.request.network = Network::Bridge(all);
        match changing.run.take() {
            None => self
                .store()?
                .change_container(&changing.lock, &changing.record)?,
            Some(run) => self.disconnect_running(&changing, run, &network, insist)?,
        }
        self.record_joining(&changing.record, "disconnect", &network);
        Ok(())
    }

    fn disconnect_running(
        &self,
        changing: &Changing,
        mut run: RunRecord,
        network: &NetworkRecord,
        insist: Insist,
    ) -> Result<(), Error> {
        let (record, id) = (&changing.record, changing.record.id.as_str());
        let runtime = self.runtime_dir()?;
        let _lock = self.store()?.lock_networks()?;
        let mut leases = Leases::read(runtime)?;
        let here = leases.of(id).iter().find(|one| one.network == network.name);
        if let Some(joined) = here.cloned() {
            let left = self.leave_one(record, &run, network, &joined);
            match left {
                Err(error) if insist == Insist::Yes => self.warn(&error.to_string()),
                other => other?,
            }
            hit("engine.network.left")?;
            leases.give_back(id, &network.name);
            leases.write()?;
        }
        let mut all = run.network.joined.clone();
        all.retain(|one| one.network != network.name);
        run.network.join(all);
        self.keep_change(changing, &run)
    }

    fn leave_one(
        &self,
        record: &ContainerRecord,
        run: &RunRecord,
        network: &NetworkRecord,
        joined: &Joined,
    ) -> Result<(), Error> {
        let shared = found(self.runtime_dir()?)?;
        let mut order = self.order(record, std::slice::from_ref(joined), Action::Leave)?;
        order.files = files(record, run, network, joined, Come::Out);
        shared.carry_out(self.base()?, &order)?;
        Ok(())
    }

    /// Makes a container's interfaces, names and rules anew, with the addresses that it has.
    pub fn reload_network(&self, container: &str) -> Result<ContainerId, Error> {
        let changing = self.changing(container)?;
        let record = &changing.record;
        attachments(record)?;
        if changing.run.is_none() {
            return Err(Error::of(
                Kind::InUse,
                format!(
                    "container {} network is not configured, refusing to reload: container \
                     state improper",
                    record.id
                ),
            ));
        }
        let runtime = self.runtime_dir()?;
        let _lock = self.store()?.lock_networks()?;
        let leases = Leases::read(runtime)?;
        let order = self.order(record, leases.of(record.id.as_str()), Action::Renew)?;
        let server = found(runtime)?.carry_out(self.base()?, &order)?;
        server.into_iter().for_each(set_network_process_apart);
        Ok(record.id.clone())
    }

    /// The containers whose networks can be made anew.
    pub fn reloadable(&self) -> Result<Vec<String>, Error> {
        let named = |one: &Container| matches!(one.record.request.network, Network::Bridge(_));
        let all = self.containers()?.into_iter();
        let lives = all.filter(|one| is_alive(one.status) && named(one));
        Ok(lives.map(|one| one.record.id.to_string()).collect())
    }

    /// Changes which servers a network asks for names that no container has; returns its name.
    pub fn update_network(
        &self,
        word: &str,
        add: &[IpAddr],
        drop: &[IpAddr],
    ) -> Result<String, Error> {
        let store = self.store()?;
        let _lock = store.lock_networks()?;
        let mut network = self.network(word)?;
        if !network.dns_enabled {
            return Err(Error::new(format!(
                "cannot set network DNS servers: DNS is not enabled for the network {}",
                network.name
            )));
        }
        let servers = &mut network.network_dns_servers;
        servers.retain(|server| !drop.contains(server));
        for server in add {
            if !servers.contains(server) {
                servers.push(*server);
            }
        }
        store.write_network(&stored_name(&network)?, &network)?;
        let runtime = self.runtime_dir()?;
        let leases = Leases::read(runtime)?;
        let mut all = leases.holders.values().flatten();
        // An internal one asks nobody, whatever it may have to ask.
        if !network.internal
            && all.any(|one| one.id == network.id)
            && let Some(shared) = Shared::find(runtime)?
        {
            let path = std::env::var_os("PATH");
            let order = Order {
                programs: Programs::find(path.as_deref())?,
                container: network.name.clone(),
                action: Action::Servers,
                documents: vec![serde_json::json!(network.network_dns_servers)],
                files: Vec::new(),
            };
            shared.carry_out(self.base()?, &order)?;
        }
        Ok(network.name)
    }

    fn changing(&self, name: &str) -> Result<Changing, Error> {
        let container = self.container(name)?;
        self.refuse_foreign(&container)?;
        let (store, id) = (self.store()?, &container.record.id);
        let lock = store.lock_container(id)?;
        let ended = store.exit(id)?.is_some() || !store.monitor_alive(id);
        Ok(Changing {
            lock,
            record: store.container(id)?,
            run: match ended {
                true => None,
                false => store.run(id)?,
            },
        })
    }

    fn record_joining(&self, record: &ContainerRecord, status: &str, network: &NetworkRecord) {
        self.record(Event {
            network: network.name.clone(),
            ..Event::of("network", status, record.id.as_str(), record.name.as_str())
        });
    }
}

/// What it is on; an error for one that has no networks of its own.
fn attachments(record: &ContainerRecord) -> Result<&[Attachment], Error> {
    let mode = match &record.request.network {
        Network::Bridge(all) => return Ok(all),
        Network::Default | Network::Pasta(_) => "pasta",
        Network::Slirp4netns(_) => "slirp4netns",
        Network::None => "none",
        Network::Host => "host",
        Network::Container(_) => "container",
        Network::Path(_) => "ns",
    };
    Err(
        Error::new(format!("\"{mode}\" is not supported: invalid network mode"))
            .hint("only what was made with --network NAME or --network bridge changes networks"),
    )
}

fn check_addresses(wish: &Attachment, network: &NetworkRecord) -> Result<(), Error> {
    let inside = |ip: &IpAddr| network.subnets.iter().any(|one| one.subnet.contains(ip));
    match wish.ips.iter().find(|ip| !inside(ip)) {
        None => Ok(()),
        Some(stray) => Err(crate::network::Error::AddressOutside {
            address: *stray,
            network: network.name.clone(),
        }
        .into()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Come {
    In,
    Out,
}

/// The container's hosts and resolv.conf with one network more or less.
fn files(
    record: &ContainerRecord,
    run: &RunRecord,
    network: &NetworkRecord,
    joined: &Joined,
    come: Come,
) -> Vec<(PathBuf, String)> {
    let change = |addresses: Vec<IpAddr>| {
        let (come, gone) = match come {
            Come::In => (addresses, Vec::new()),
            Come::Out => (Vec::new(), addresses),
        };
        Change {
            own: [&record.hostname, record.name.as_str()],
            come,
            gone,
        }
    };
    let own = change(joined.addresses.iter().map(|net| net.addr()).collect());
    let servers = match network.dns_enabled {
        true => network.subnets.iter().filter_map(|s| s.gateway).collect(),
        false => Vec::new(),
    };
    let mut all = Vec::new();
    for (name, change, edit) in [
        ("hosts", own, etc::hosts as fn(&str, &Change<'_>) -> String),
        ("resolv.conf", change(servers), etc::resolv_conf),
    ] {
        let path = run.runtime_dir.join(name);
        if let Some(text) = small_text(&path) {
            all.push((path, edit(&text, &change)));
        }
    }
    all
}

/// What the container may have made of the file; one that has grown large is left alone.
fn small_text(path: &Path) -> Option<String> {
    use std::io::Read;
    const LIMIT: u64 = 256 << 10;
    let mut text = String::new();
    let file = std::fs::File::open(path).ok()?;
    file.take(LIMIT + 1).read_to_string(&mut text).ok()?;
    (text.len() as u64 <= LIMIT).then_some(text)
}
