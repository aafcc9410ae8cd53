//! Published ports, tried before anything starts, and bound where we carry them ourselves.
//!
//! pasta passes over a taken UDP port in silence, old versions over part of a range too,
//! and neither names the holder; so every port is bound here first, as the helper will.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::os::fd::OwnedFd;

use crate::network::error::{Error, Holder};
use crate::network::holder;
use crate::sys::SysError;
use crate::sys::net::{Transport, bind};
use crate::types::request::{PortMapping, Protocol};

/// How often a free run of ports is looked for.
const TRIES: u32 = 64;

const EACCES: i32 = 13;
const EADDRINUSE: i32 = 98;
const EADDRNOTAVAIL: i32 = 99;
const EAFNOSUPPORT: i32 = 97;

/// The published ports of a running container, to name it when a port is taken.
#[derive(Debug, Clone)]
pub struct Published {
    pub container: String,
    pub ports: Vec<PortMapping>,
}

/// One port of one mapping.
type Taken = (bool, u16, Option<IpAddr>);

/// Returns the mappings with every `0` resolved, after all their ports could be bound.
pub fn settle(wanted: &[PortMapping], others: &[Published]) -> Result<Vec<PortMapping>, Error> {
    let mut taken: BTreeSet<Taken> = BTreeSet::new();
    for mapping in wanted {
        if mapping.protocol == Protocol::Sctp {
            return Err(Error::NotCarried(mapping.protocol));
        }
        check_bounds(mapping)?;
        if mapping.host_port != 0 {
            claim(mapping, &mut taken)?;
        }
    }
    let mut settled = Vec::with_capacity(wanted.len());
    for mapping in wanted {
        let mapping = if mapping.host_port == 0 {
            choose(mapping, &mut taken)?
        } else {
            for port in mapping.host_port..=last(mapping) {
                try_port(mapping, port).map_err(|error| explain(mapping, port, error, others))?;
            }
            mapping.clone()
        };
        settled.push(mapping);
    }
    Ok(settled)
}

/// A socket that waits at one port of the host.
#[derive(Debug)]
pub struct Bound {
    pub socket: OwnedFd,
    pub protocol: Protocol,
    pub ipv6: bool,
    /// The container's port.
    pub inside: u16,
}

/// Binds every port of mappings that [`settle`] returned, as it has tried.
pub fn bind_for_good(settled: &[PortMapping]) -> Result<Vec<Bound>, Error> {
    let mut all = Vec::new();
    for mapping in settled {
        check_bounds(mapping)?;
        for port in mapping.host_port..=last(mapping) {
            let sockets = bind_all(mapping, port);
            let sockets = sockets
                .map_err(|error| explain(mapping, port, error, &[]))?
                .0;
            let inside = mapping.container_port + (port - mapping.host_port);
            // Without an address the first is of IPv4.
            let ipv6 = |at: usize| mapping.host_ip.map_or(at > 0, |ip| ip.is_ipv6());
            all.extend(sockets.into_iter().enumerate().map(|(at, socket)| Bound {
                socket,
                protocol: mapping.protocol,
                ipv6: ipv6(at),
                inside,
            }));
        }
    }
    Ok(all)
}

/// The last host port; [`check_bounds`] has proved that it exists.
fn last(mapping: &PortMapping) -> u16 {
    mapping.host_port + (mapping.range.max(1) - 1)
}

fn check_bounds(mapping: &PortMapping) -> Result<(), Error> {
    let more = mapping.range.max(1) - 1;
    let fits =
        |first: u16| first.checked_add(more).is_some() && (first != 0 || mapping.host_port == 0);
    if mapping.container_port == 0 || !fits(mapping.container_port) || !fits(mapping.host_port) {
        return Err(Error::PortRange(mapping.clone()));
    }
    Ok(())
}

/// Notes the ports of a mapping; two mappings may share one only on different addresses.
fn claim(mapping: &PortMapping, taken: &mut BTreeSet<Taken>) -> Result<(), Error> {
    for port in mapping.host_port..=last(mapping) {
        if overlaps(mapping, port, taken) {
            return Err(Error::PortTwice {
                protocol: mapping.protocol,
                port,
            });
        }
        taken.insert((is_udp(mapping), port, mapping.host_ip));
    }
    Ok(())
}

fn is_udp(mapping: &PortMapping) -> bool {
    mapping.protocol == Protocol::Udp
}

fn overlaps(mapping: &PortMapping, port: u16, taken: &BTreeSet<Taken>) -> bool {
    let udp = is_udp(mapping);
    taken
        .range((udp, port, None)..)
        .take_while(|t| (t.0, t.1) == (udp, port))
        .any(|t| same_address(t.2, mapping.host_ip))
}

/// Whether two bind addresses collide; no address is every address.
fn same_address(a: Option<IpAddr>, b: Option<IpAddr>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => {
            a == b || (a.is_ipv4() == b.is_ipv4() && (a.is_unspecified() || b.is_unspecified()))
        }
        _ => true,
    }
}

/// Finds as many consecutive free ports as the mapping wants.
fn choose(mapping: &PortMapping, taken: &mut BTreeSet<Taken>) -> Result<PortMapping, Error> {
    let fail = |error| explain(mapping, 0, error, &[]);
    for _ in 0..TRIES {
        let first = bind_all(mapping, 0).map_err(fail)?.1;
        let mut found = mapping.clone();
        found.host_port = first;
        if check_bounds(&found).is_err() {
            continue;
        }
        let free = (first..=last(&found))
            .all(|port| !overlaps(&found, port, taken) && try_port(&found, port).is_ok());
        if free {
            claim(&found, taken)?;
            return Ok(found);
        }
    }
    Err(Error::NoFreePort {
        protocol: mapping.protocol,
        count: mapping.range.max(1),
    })
}

fn try_port(mapping: &PortMapping, port: u16) -> Result<(), SysError> {
    bind_all(mapping, port).map(drop)
}

/// Binds the port on every address the mapping means; the sockets keep it while they live.
fn bind_all(mapping: &PortMapping, port: u16) -> Result<(Vec<OwnedFd>, u16), SysError> {
    let transport = match mapping.protocol {
        Protocol::Tcp => Transport::Tcp,
        Protocol::Udp => Transport::Udp,
        Protocol::Sctp => unreachable!("settle() refuses it"),
    };
    if let Some(ip) = mapping.host_ip {
        let (socket, port) = bind(transport, SocketAddr::new(ip, port))?;
        return Ok((vec![socket], port));
    }
    let v4 = SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), port);
    let (first, port) = bind(transport, v4)?;
    let v6 = SocketAddr::new(Ipv6Addr::UNSPECIFIED.into(), port);
    match bind(transport, v6) {
        Ok((second, _)) => Ok((vec![first, second], port)),
        // A machine without IPv6 has nothing to collide with there.
        Err(error) if matches!(error.errno, EAFNOSUPPORT | EADDRNOTAVAIL) => {
            Ok((vec![first], port))
        }
        Err(error) => Err(error),
    }
}

fn explain(mapping: &PortMapping, port: u16, error: SysError, others: &[Published]) -> Error {
    match error.errno {
        EADDRINUSE => Error::PortTaken {
            protocol: mapping.protocol,
            address: mapping.host_ip,
            port,
            holder: holder_of(mapping, port, others),
        },
        EACCES => Error::PortDenied {
            port,
            first: unprivileged_start(),
        },
        EADDRNOTAVAIL | EAFNOSUPPORT => Error::NotOurAddress {
            address: mapping.host_ip.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)),
            port,
        },
        _ => Error::Bind { port, error },
    }
}

fn holder_of(mapping: &PortMapping, port: u16, others: &[Published]) -> Option<Holder> {
    let ours = others.iter().find(|other| {
        other.ports.iter().any(|held| {
            let more = held.range.max(1) - 1;
            held.protocol == mapping.protocol
                && same_address(held.host_ip, mapping.host_ip)
                && (held.host_port..=held.host_port.saturating_add(more)).contains(&port)
        })
    });
    match ours {
        Some(other) => Some(Holder::Container(other.container.clone())),
        None => holder::of_port(mapping.protocol, port),
    }
}

/// The first port that needs no capability: ip(7), `ip_unprivileged_port_start`.
fn unprivileged_start() -> u16 {
    std::fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start")
        .ok()
        .and_then(|text| text.trim().parse().ok())
        .unwrap_or(1024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::net::UdpSocket;

    fn mapping(text: &str) -> PortMapping {
        // ip|-, host port, container port, range, protocol
        let words: Vec<&str> = text.split(' ').collect();
        PortMapping {
            host_ip: words[0].parse().ok(),
            host_port: words[1].parse().expect("a port"),
            container_port: words[2].parse().expect("a port"),
            range: words[3].parse().expect("a count"),
            protocol: if words[4] == "udp" {
                Protocol::Udp
            } else {
                Protocol::Tcp
            },
        }
    }

    #[test]
    fn mappings_collide_or_not_before_anything_is_bound() {
        for (first, second, collide) in [
            ("- 28080 80 1 tcp", "- 28080 81 1 tcp", true),
            ("- 28080 80 1 tcp", "- 28080 80 1 udp", false),
            ("- 28080 80 3 tcp", "- 28082 90 1 tcp", true),
            ("- 28080 80 3 tcp", "- 28083 90 1 tcp", false),
            ("127.0.0.1 28080 80 1 tcp", "- 28080 80 1 tcp", true),
            (
                "127.0.0.1 28080 80 1 tcp",
                "127.0.0.2 28080 80 1 tcp",
                false,
            ),
            ("0.0.0.0 28080 80 1 tcp", "127.0.0.2 28080 80 1 tcp", true),
            ("0.0.0.0 28080 80 1 tcp", "::1 28080 80 1 tcp", false),
        ] {
            let mut taken = BTreeSet::new();
            claim(&mapping(first), &mut taken).expect("the first is free");
            let result = claim(&mapping(second), &mut taken);
            assert_eq!(result.is_err(), collide, "{first} and {second}");
        }
    }

    #[test]
    fn ranges_stay_below_65536() {
        for (text, good) in [
            ("- 65535 80 1 tcp", true),
            ("- 65535 80 2 tcp", false),
            ("- 80 65535 2 tcp", false),
            ("- 80 0 1 tcp", false),
            ("- 0 80 4 tcp", true),
            ("- 0 80 0 tcp", true),
        ] {
            assert_eq!(check_bounds(&mapping(text)).is_ok(), good, "{text}");
        }
    }

    #[test]
    fn zero_becomes_a_free_run_of_ports() {
        let settled = settle(&[mapping("- 0 80 4 tcp"), mapping("- 0 90 1 udp")], &[])
            .expect("free ports exist");
        assert_ne!(settled[0].host_port, 0);
        assert_eq!(settled[0].range, 4);
        assert_ne!(settled[1].host_port, 0);
    }

    #[test]
    fn a_taken_port_is_named_with_its_holder() {
        let held = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = held.local_addr().expect("bound").port();
        let wanted = mapping(&format!("127.0.0.1 {port} 80 1 tcp"));
        let error = settle(std::slice::from_ref(&wanted), &[]).expect_err("taken");
        let said = error.to_string();
        assert!(
            said.contains(&port.to_string()) && said.contains(&std::process::id().to_string()),
            "{said}"
        );
        let others = [Published {
            container: "web".to_owned(),
            ports: vec![wanted.clone()],
        }];
        let said = settle(&[wanted], &others).expect_err("taken").to_string();
        assert!(said.contains("container web"), "{said}");
    }

    #[test]
    fn a_taken_udp_port_within_a_range_is_found() {
        let held = UdpSocket::bind("0.0.0.0:0").expect("a free port");
        let port = held.local_addr().expect("bound").port();
        let first = port.saturating_sub(1);
        let error = settle(&[mapping(&format!("- {first} 80 2 udp"))], &[]).expect_err("taken");
        // The port before it may happen to be taken as well.
        assert!(matches!(error, Error::PortTaken { .. }), "{error}");
    }
}
