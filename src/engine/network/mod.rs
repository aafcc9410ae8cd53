//! Networks that containers share: defined, listed, removed; who is on them.
//!
//! ```text
//! subnet.rs  which addresses a new network gets
//! change.rs  networks of a container that exists, and name servers of a network
//! join.rs    a container comes and goes; `network::bridge` does the work
//! ports.rs   its published ports go with it; `network::forward` does the work
//! ```

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;

use crate::engine::{Engine, Error, Kind};
use crate::network::bridge::netavark::Programs;
use crate::types::network::{DEFAULT, LeaseRange, NetworkRecord, Route, Subnet};
use crate::types::{ContainerName, Event, Timestamp};

mod change;
mod join;
mod ports;
mod subnet;

pub use change::Insist;
pub use join::{hold, keep, work};
pub use ports::forward;

/// The id that Podman's network of this name has everywhere.
const DEFAULT_ID: &str = "2f259bab93aaaaa2542ba43ef33eb990d0999ee1b9924b557b7be53c0b7a1bb9";

/// `network create`
#[derive(Debug, Clone, Default)]
pub struct NetworkRequest {
    /// `None` is the next free one: podman1, podman2, …
    pub name: Option<ContainerName>,
    pub subnets: Vec<IpNet>,
    /// Each for the subnet at the same place.
    pub gateways: Vec<IpAddr>,
    pub ranges: Vec<LeaseRange>,
    pub ipv6: bool,
    pub internal: bool,
    pub dns: bool,
    pub dns_servers: Vec<IpAddr>,
    pub labels: BTreeMap<String, String>,
    pub options: BTreeMap<String, String>,
    pub routes: Vec<Route>,
    pub interface: Option<String>,
    /// One of that name is as good.
    pub ignore: bool,
}

impl Engine {
    /// Returns every network, sorted by name, the one that is always there among them.
    pub fn networks(&self) -> Result<Vec<NetworkRecord>, Error> {
        let mut all = self.store()?.networks()?;
        if !all.iter().any(|network| network.name == DEFAULT) {
            all.push(podman());
            all.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Ok(all)
    }

    /// Finds a network by name, id or the unique beginning of one.
    pub fn network(&self, word: &str) -> Result<NetworkRecord, Error> {
        let all = self.networks()?;
        if let Some(found) = all.iter().find(|n| n.name == word || n.id == word) {
            return Ok(found.clone());
        }
        let mut begun = all
            .iter()
            .filter(|n| !word.is_empty() && n.id.starts_with(word));
        match (begun.next(), begun.next()) {
            (Some(one), None) => Ok(one.clone()),
            (Some(_), Some(_)) => Err(Error::new(format!(
                "more than one result for network ID {word}"
            ))),
            _ => Err(missing(word)),
        }
    }

    /// Makes a network; returns its name.
    pub fn create_network(&self, request: &NetworkRequest) -> Result<String, Error> {
        let store = self.store()?;
        let _lock = store.lock_networks()?;
        let all = self.networks()?;
        let name = match &request.name {
            Some(name) => name.clone(),
            None => free_name(&all),
        };
        if all.iter().any(|network| network.name == name.as_str()) {
            return match request.ignore {
                true => Ok(name.to_string()),
                false => Err(Error::new(format!(
                    "network name {name} already used: network already exists"
                ))),
            };
        }
        let record = NetworkRecord {
            id: random_id()?,
            driver: "bridge".to_owned(),
            network_interface: interface(request, &all)?,
            created: Timestamp::now(),
            subnets: subnet::choose(request, &all)?,
            routes: request.routes.clone(),
            ipv6_enabled: request.ipv6 || request.subnets.iter().any(|s| s.addr().is_ipv6()),
            internal: request.internal,
            dns_enabled: request.dns,
            network_dns_servers: request.dns_servers.clone(),
            labels: request.labels.clone(),
            options: request.options.clone(),
            ipam_options: BTreeMap::from([("driver".to_owned(), "host-local".to_owned())]),
            name: name.to_string(),
        };
        // Without netavark nobody is connected to it either.
        if let Ok(programs) = Programs::find(std::env::var_os("PATH").as_deref()) {
            programs.check(&record)?;
        }
        store.write_network(&name, &record)?;
        self.record_network("create", &record);
        Ok(name.to_string())
    }

    /// Forgets a network; `force` removes the containers on it first.
    pub fn remove_network(
        &self,
        word: &str,
        force: bool,
        timeout: Option<u32>,
    ) -> Result<String, Error> {
        let network = self.network(word)?;
        if network.name == DEFAULT {
            let text = format!("default network {DEFAULT} cannot be removed");
            return Err(Error::new(text));
        }
        let users = self.containers_on(&network.name)?;
        if !users.is_empty() && !force {
            let text = format!(
                "\"{}\" has associated containers with it. Use -f to forcibly delete \
                 containers and pods: network is being used",
                network.name
            );
            return Err(Error::of(Kind::InUse, text));
        }
        for id in users {
            let remove = crate::engine::RemoveRequest {
                force: true,
                volumes: true,
                timeout,
            };
            self.remove(&id, &remove)?;
        }
        let store = self.store()?;
        let _lock = store.lock_networks()?;
        store.remove_network(&stored_name(&network)?)?;
        self.record_network("remove", &network);
        Ok(network.name)
    }

    fn record_network(&self, status: &str, network: &NetworkRecord) {
        let (id, name) = (&network.id, &network.name);
        self.record(Event::network(status, id, name, &network.driver));
    }

    /// The ids of all containers that were made for a network.
    pub fn containers_on(&self, network: &str) -> Result<Vec<String>, Error> {
        let all = self.containers()?;
        let on = |container: &&crate::engine::Container| {
            let joined = container.record.request.network.attachments();
            joined.iter().any(|one| one.network == network)
        };
        Ok(all
            .iter()
            .filter(on)
            .map(|c| c.record.id.to_string())
            .collect())
    }
}

/// The name under which the store has it.
fn stored_name(network: &NetworkRecord) -> Result<ContainerName, Error> {
    ContainerName::parse(&network.name).map_err(|why| Error::new(format!("network name: {why}")))
}

fn missing(word: &str) -> Error {
    let word = crate::types::escape::visible(word);
    Error::of(
        Kind::NoSuchObject,
        format!("unable to find network with name or ID {word}: network not found"),
    )
}

/// The network that is there without being made.
fn podman() -> NetworkRecord {
    let subnet: IpNet = "10.88.0.0/16".parse().expect("a subnet");
    NetworkRecord {
        name: DEFAULT.to_owned(),
        id: DEFAULT_ID.to_owned(),
        driver: "bridge".to_owned(),
        network_interface: "podman0".to_owned(),
        created: Timestamp::now(),
        subnets: vec![Subnet {
            subnet,
            gateway: subnet::first(&subnet),
            lease_range: None,
        }],
        routes: Vec::new(),
        ipv6_enabled: false,
        internal: false,
        dns_enabled: false,
        network_dns_servers: Vec::new(),
        labels: BTreeMap::new(),
        options: BTreeMap::new(),
        ipam_options: BTreeMap::from([("driver".to_owned(), "host-local".to_owned())]),
    }
}

fn free_name(all: &[NetworkRecord]) -> ContainerName {
    let mut names = (1..).map(|number| format!("podman{number}"));
    let free = names.find(|name| !all.iter().any(|network| network.name == *name));
    ContainerName::parse(&free.expect("numbers do not end")).expect("letters and digits")
}

/// The bridge's name: asked for, or the first that no other network has.
fn interface(request: &NetworkRequest, all: &[NetworkRecord]) -> Result<String, Error> {
    let taken = |name: &str| all.iter().any(|network| network.network_interface == name);
    match &request.interface {
        Some(name) if name.len() > 15 || name.is_empty() || name.contains(['/', ' ', ':']) => {
            Err(Error::new(format!(
                "interface name {name:?}: at most 15 bytes without a slash, colon or blank"
            )))
        }
        Some(name) if taken(name) => Err(Error::new(format!("bridge name {name} already in use"))),
        Some(name) => Ok(name.clone()),
        None => {
            let mut names = (1..).map(|number| format!("podman{number}"));
            Ok(names.find(|name| !taken(name)).expect("numbers do not end"))
        }
    }
}

fn random_id() -> Result<String, Error> {
    let mut bytes = [0; 32];
    crate::sys::fs::random(&mut bytes)
        .map_err(|error| Error::new(format!("asking for randomness: {}", error.reason())))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
