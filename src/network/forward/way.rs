//! Where the container is, and how it comes to see the client's own address.
//!
//! A connection into the container is made under the client's address and port (IP_TRANSPARENT).
//! The container's answer goes to its gateway, the namespace of all bridges. There a rule catches
//! what comes from a published port and looks in a table of this container's, where the addresses
//! of its clients, and no others, count as local; so the answer ends in our socket instead of
//! leaving towards the client. What the container sends elsewhere is not touched, from whatever
//! port. A client keeps its route for a while after its last connection, which may not be quite
//! over in the kernel.
//!
//! The gateway's address is what the container sees where that cannot be: clients on loopback,
//! clients that come over IPv6 to a container without, networks without a gateway (`--internal`),
//! and where the rule cannot be made.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use ipnet::IpNet;

use crate::network::forward::Order;
use crate::sys::route::{From, Routes};
use crate::types::network::Joined;
use crate::types::request::{PortMapping, Protocol};

/// The number of our rules: before those of ordinary tables, 32766 and 32767.
const RULE: u32 = 3456;

/// Clients whose addresses are known at once; more are shown as the gateway.
const MOST_CLIENTS: usize = 4096;

/// As long as the kernel keeps an ended connection: TIME_WAIT is 60 seconds.
const LINGER: Duration = Duration::from_secs(120);

const TCP: u8 = 6;
const UDP: u8 = 17;

/// One address of the container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Target {
    net: IpNet,
    /// Its answers to strangers come by us.
    keeps: bool,
    /// Somebody was connected under an address of his own.
    proven: bool,
}

/// One way to reach a port of the container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    pub to: SocketAddr,
    /// Under the client's address.
    pub kept: bool,
}

#[derive(Debug)]
struct Client {
    users: u32,
    since: Instant,
}

/// The ways into one container.
#[derive(Debug)]
pub struct Way {
    /// `None` where the kernel has none.
    routes: Option<Routes>,
    table: u32,
    targets: Vec<Target>,
    clients: HashMap<IpAddr, Client>,
}

impl Way {
    /// In the namespace of all bridges.
    pub fn new() -> Self {
        Self {
            routes: Routes::open().ok(),
            table: 0,
            targets: Vec::new(),
            clients: HashMap::new(),
        }
    }

    /// Leads to where the order says that the container is.
    pub fn lead_to(&mut self, order: &Order) {
        let before = std::mem::take(&mut self.targets);
        let mut targets = targets(&order.joined);
        if let Some(routes) = &mut self.routes {
            for target in &before {
                let _ = routes.remove_rules(target.net.addr(), RULE);
            }
            if self.table == 0
                && let Some(first) = targets.first()
            {
                self.table = table_of(first.net.addr());
            }
            for target in &mut targets {
                // Of a forwarder that was killed when another container was here.
                let _ = routes.remove_rules(target.net.addr(), RULE);
                target.keeps =
                    target.keeps && catch(routes, target.net.addr(), &order.ports, self.table);
            }
        } else {
            targets.iter_mut().for_each(|target| target.keeps = false);
        }
        self.targets = targets;
    }

    /// The ways to a port for a client, best first.
    pub fn attempts(&self, client: SocketAddr, port: u16) -> Vec<Attempt> {
        let mut ordered: Vec<&Target> = self.targets.iter().collect();
        // An address of the client's own kind first; the order is otherwise the networks'.
        ordered.sort_by_key(|target| target.net.addr().is_ipv6() != client.is_ipv6());
        ordered.dedup_by_key(|target| target.net.addr().is_ipv6());
        let mut attempts = Vec::new();
        for target in ordered {
            let to = SocketAddr::new(target.net.addr(), port);
            if target.keeps && is_shown(client.ip(), target) {
                attempts.push(Attempt { to, kept: true });
            }
            attempts.push(Attempt { to, kept: false });
        }
        attempts
    }

    /// Whether a connection under the client's address has come about: then one that does not may
    /// be the container's doing.
    pub fn is_proven(&self, to: IpAddr) -> bool {
        let mut all = self.targets.iter();
        all.any(|target| target.net.addr() == to && target.proven)
    }

    /// Notes how a connection under a client's address went, a failure only where one under our
    /// own came about.
    pub fn learn(&mut self, to: IpAddr, worked: bool) {
        let mut all = self.targets.iter_mut();
        if let Some(target) = all.find(|target| target.net.addr() == to) {
            // What worked once is tried once more, with less patience.
            target.keeps = worked || target.proven;
            target.proven = worked;
        }
    }

    /// Has answers to a client come to us; says whether they will.
    pub fn hold(&mut self, client: IpAddr, now: Instant) -> bool {
        if let Some(known) = self.clients.get_mut(&client) {
            known.users += 1;
            return true;
        }
        if self.clients.len() >= MOST_CLIENTS {
            self.forget(|known| known.users == 0);
        }
        let Some(routes) = &mut self.routes else {
            return false;
        };
        if self.clients.len() >= MOST_CLIENTS || routes.adopt(client, self.table).is_err() {
            return false;
        }
        let known = Client {
            users: 1,
            since: now,
        };
        self.clients.insert(client, known);
        true
    }

    /// One use less of a client's address.
    pub fn release(&mut self, client: IpAddr, now: Instant) {
        if let Some(known) = self.clients.get_mut(&client) {
            known.users = known.users.saturating_sub(1);
            known.since = now;
        }
    }

    pub fn is_clear(&self) -> bool {
        self.clients.is_empty()
    }

    pub fn tick(&mut self, now: Instant) {
        self.forget(|known| known.users == 0 && now.duration_since(known.since) > LINGER);
    }

    fn forget(&mut self, over: impl Fn(&Client) -> bool) {
        let (routes, table) = (&mut self.routes, self.table);
        self.clients.retain(|address, known| {
            let goes = over(known);
            if goes && let Some(routes) = routes {
                let _ = routes.disown(*address, table);
            }
            !goes
        });
    }
}

/// Removes what forwarders left behind for these addresses in this process's network namespace.
pub fn forget(addresses: impl Iterator<Item = IpAddr>) {
    if let Ok(mut routes) = Routes::open() {
        for address in addresses {
            let _ = routes.remove_rules(address, RULE);
        }
    }
}

fn targets(joined: &[Joined]) -> Vec<Target> {
    let mut all = Vec::new();
    for one in joined {
        for net in &one.addresses {
            let mut gateways = one.gateways.iter();
            all.push(Target {
                net: *net,
                keeps: gateways.any(|gateway| gateway.is_ipv6() == net.addr().is_ipv6()),
                proven: false,
            });
        }
    }
    all
}

/// The number of a table: addresses are given out once, so that nobody else has it.
fn table_of(address: IpAddr) -> u32 {
    match address {
        IpAddr::V4(v4) => v4.to_bits(),
        IpAddr::V6(v6) => {
            let bits = v6.to_bits();
            // Not one of the first thousand, where the system's are.
            (bits as u32 ^ (bits >> 64) as u32) | 0x4000_0000
        }
    }
}

/// Has the answers of all published ports looked up in the table.
fn catch(routes: &mut Routes, address: IpAddr, ports: &[PortMapping], table: u32) -> bool {
    ports.iter().all(|mapping| {
        let from = From {
            address,
            protocol: match mapping.protocol {
                Protocol::Tcp => TCP,
                Protocol::Udp => UDP,
                // Refused before: `ports::settle`.
                Protocol::Sctp => return true,
            },
            ports: (
                mapping.container_port,
                mapping.container_port + (mapping.range.max(1) - 1),
            ),
        };
        routes.add_rule(from, RULE, table).is_ok()
    })
}

/// Whether a client's address can be used towards a target.
fn is_shown(client: IpAddr, target: &Target) -> bool {
    let plain = match client {
        IpAddr::V4(v4) => !v4.is_link_local() && !v4.is_broadcast(),
        IpAddr::V6(v6) => !v6.is_unicast_link_local(),
    };
    // One of the container's own network would be answered there.
    plain
        && client.is_ipv6() == target.net.addr().is_ipv6()
        && !client.is_loopback()
        && !client.is_unspecified()
        && !client.is_multicast()
        && !target.net.contains(&client)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(nets: &[(&str, bool)]) -> Way {
        let target = |(net, keeps): &(&str, bool)| Target {
            net: net.parse().expect("a network"),
            keeps: *keeps,
            proven: false,
        };
        Way {
            routes: None,
            table: 0,
            targets: nets.iter().map(target).collect(),
            clients: HashMap::new(),
        }
    }

    #[test]
    fn the_best_way_is_tried_first() {
        let both = [("10.89.0.3/24", true), ("fd00::3/64", true)];
        for (nets, client, wanted) in [
            (
                &both[..],
                "192.0.2.7:99",
                "10.89.0.3:80 kept, 10.89.0.3:80, [fd00::3]:80",
            ),
            (
                &both[..],
                "[2001:db8::7]:99",
                "[fd00::3]:80 kept, [fd00::3]:80, 10.89.0.3:80",
            ),
            (&both[..1], "127.0.0.1:99", "10.89.0.3:80"),
            (&both[..1], "10.89.0.9:99", "10.89.0.3:80"),
            (&both[..1], "[2001:db8::7]:99", "10.89.0.3:80"),
            (&[("10.89.0.3/24", false)], "192.0.2.7:99", "10.89.0.3:80"),
            (&[], "192.0.2.7:99", ""),
        ] {
            let client = client.parse().expect("an address");
            let said: Vec<String> = way(nets)
                .attempts(client, 80)
                .iter()
                .map(|a| format!("{}{}", a.to, if a.kept { " kept" } else { "" }))
                .collect();
            assert_eq!(said.join(", "), wanted, "{client}");
        }
    }
}
