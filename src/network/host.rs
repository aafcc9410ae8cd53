//! What the machine's own network looks like: its addresses and default routes.
//!
//! proc_pid_net(5): `route` and `ipv6_route`. Read once per start, never kept.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::sys::net::{LocalAddress, local_addresses};

/// RTF_UP, linux/route.h.
const ROUTE_UP: u32 = 1;

/// Networks for a container's own address; the first that the host does not use is taken.
const PRIVATE: &[Ipv4Addr] = &[
    Ipv4Addr::new(10, 0, 2, 0),
    Ipv4Addr::new(10, 88, 254, 0),
    Ipv4Addr::new(172, 31, 254, 0),
    Ipv4Addr::new(192, 168, 254, 0),
];

/// An IPv4 network: its first address and the bits of its mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network4 {
    pub address: Ipv4Addr,
    pub prefix: u8,
}

impl Network4 {
    pub fn overlaps(self, other: Network4) -> bool {
        let bits = self.prefix.min(other.prefix);
        let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
        self.address.to_bits() & mask == other.address.to_bits() & mask
    }
}

/// The machine as a container's network helper sees it.
#[derive(Debug, Clone, Default)]
pub struct HostNetwork {
    pub addresses: Vec<LocalAddress>,
    /// Interface and gateway of the IPv4 default route.
    pub default4: Option<(String, Ipv4Addr)>,
    /// Interface of the IPv6 default route.
    pub default6: Option<String>,
    /// Every IPv4 network with a route, the default aside.
    pub routes4: Vec<Network4>,
}

impl HostNetwork {
    /// Reads the present state; what cannot be read counts as absent.
    pub fn read() -> Self {
        let table = |name: &str| std::fs::read_to_string(name).unwrap_or_default();
        let (default4, routes4) = parse_routes4(&table("/proc/net/route"));
        Self {
            addresses: local_addresses().unwrap_or_default(),
            default4,
            default6: parse_default6(&table("/proc/net/ipv6_route")),
            routes4,
        }
    }

    /// Whether anything but the machine itself can be reached.
    pub fn is_connected(&self) -> bool {
        self.default4.is_some() || self.default6.is_some()
    }

    /// The IPv4 address of the interface with the default route, else any that is not loopback.
    pub fn address4(&self) -> Option<&LocalAddress> {
        let usable = |a: &&LocalAddress| a.address.is_ipv4() && !a.address.is_loopback();
        let of_default = self.default4.as_ref().and_then(|(interface, _)| {
            let own = self.addresses.iter().filter(usable);
            own.into_iter().find(|a| &a.interface == interface)
        });
        of_default.or_else(|| self.addresses.iter().find(usable))
    }

    /// The first global IPv6 address of the interface with the IPv6 default route.
    pub fn address6(&self) -> Option<&LocalAddress> {
        let interface = self.default6.as_ref()?;
        self.addresses.iter().find(|a| {
            &a.interface == interface
                && matches!(a.address, IpAddr::V6(v6) if !v6.is_unicast_link_local() && !v6.is_loopback())
        })
    }

    /// An address of this machine that a container with copies of the others does not have itself.
    pub fn address_beside(&self, copied: &[IpAddr]) -> Option<IpAddr> {
        self.addresses
            .iter()
            .map(|a| a.address)
            .find(|a| a.is_ipv4() && !a.is_loopback() && !copied.contains(a))
    }

    /// A network of 24 bits for a container, which the machine does not use itself.
    pub fn free_network(&self) -> Option<Ipv4Addr> {
        PRIVATE.iter().copied().find(|address| {
            !self.uses(Network4 {
                address: *address,
                prefix: 24,
            })
        })
    }

    /// Whether a network is used by this machine or reached through one of its routes.
    pub fn uses(&self, network: Network4) -> bool {
        let own = self.addresses.iter().filter_map(|a| match a.address {
            IpAddr::V4(address) => Some(Network4 {
                address,
                prefix: a.prefix,
            }),
            IpAddr::V6(_) => None,
        });
        own.chain(self.routes4.iter().copied())
            .any(|used| used.overlaps(network))
    }
}

/// The default route and all other networks of /proc/net/route.
fn parse_routes4(table: &str) -> (Option<(String, Ipv4Addr)>, Vec<Network4>) {
    let mut default = None;
    let mut routes = Vec::new();
    for line in table.lines().skip(1) {
        let Some((interface, destination, gateway, mask)) = parse_route4(line) else {
            continue;
        };
        if mask == 0 && destination == 0 {
            default = default.or(Some((interface.to_owned(), Ipv4Addr::from_bits(gateway))));
        } else {
            routes.push(Network4 {
                address: Ipv4Addr::from_bits(destination),
                prefix: mask.count_ones() as u8,
            });
        }
    }
    (default, routes)
}

/// Interface, destination, gateway and mask of a route that is up.
fn parse_route4(line: &str) -> Option<(&str, u32, u32, u32)> {
    let words: Vec<&str> = line.split_ascii_whitespace().collect();
    // The kernel prints the addresses as numbers in memory order: big endian bytes read natively.
    let hex = |at: usize| {
        let word = words.get(at)?;
        u32::from_str_radix(word, 16).ok()
    };
    let address = |at: usize| hex(at).map(|native| u32::from_be_bytes(native.to_ne_bytes()));
    if hex(3)? & ROUTE_UP == 0 {
        return None;
    }
    Some((words[0], address(1)?, address(2)?, address(7)?))
}

/// The interface of the first IPv6 default route that is up and not the loopback's.
fn parse_default6(table: &str) -> Option<String> {
    table.lines().find_map(|line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let destination = u128::from_str_radix(words.first()?, 16).ok()?;
        let flags = u32::from_str_radix(words.get(8)?, 16).ok()?;
        let interface = *words.get(9)?;
        let default = Ipv6Addr::from_bits(destination).is_unspecified() && *words.get(1)? == "00";
        (default && flags & ROUTE_UP != 0 && interface != "lo").then(|| interface.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_route_and_the_networks_are_read() {
        let table = "\
Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
down\t0000000A\t00000000\t0000\t0\t0\t0\t000000FF\t0\t0\t0
";
        let (default, routes) = parse_routes4(table);
        assert_eq!(
            default,
            Some(("eth0".to_owned(), Ipv4Addr::new(192, 0, 2, 1)))
        );
        let network = Network4 {
            address: Ipv4Addr::new(192, 0, 2, 0),
            prefix: 24,
        };
        assert_eq!(routes, [network]);
    }

    #[test]
    fn the_ipv6_default_route_is_told_from_loopback_entries() {
        let zero = "0".repeat(32);
        let table = format!(
            "{zero} 00 {zero} 00 {zero} ffffffff 00000001 00000000 00200200       lo\n\
             {zero} 00 {zero} 00 fd000000000000000000000000000001 00000400 1 0 00000003     eth0\n"
        );
        assert_eq!(parse_default6(&table), Some("eth0".to_owned()));
        assert_eq!(parse_default6(""), None);
    }

    #[test]
    fn a_private_network_keeps_clear_of_the_hosts() {
        let mut host = HostNetwork::default();
        assert_eq!(host.free_network(), Some(PRIVATE[0]));
        host.addresses.push(LocalAddress {
            interface: "eth0".to_owned(),
            address: "10.0.2.15".parse().expect("an address"),
            prefix: 24,
        });
        assert_eq!(host.free_network(), Some(PRIVATE[1]));
    }

    #[test]
    fn networks_overlap_when_one_holds_the_other() {
        let network = |text: &str, prefix| Network4 {
            address: text.parse().expect("an address"),
            prefix,
        };
        for (a, b, overlap) in [
            (network("10.0.2.0", 24), network("10.0.2.77", 32), true),
            (network("10.0.2.0", 24), network("10.0.0.0", 8), true),
            (network("10.0.2.0", 24), network("10.0.3.0", 24), false),
            (network("10.0.2.0", 24), network("0.0.0.0", 0), true),
        ] {
            assert_eq!(a.overlaps(b), overlap, "{a:?} {b:?}");
        }
    }
}
