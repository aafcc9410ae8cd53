//! Which addresses a new network gets: what was asked for, or what nobody uses.
//!
//! As Podman chooses: /24 networks from 10.89.0.0 on, then 192.168.0.0/20, and a random /64 below
//! fd00::/8 (RFC 4193) for IPv6.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::engine::Error;
use crate::engine::network::NetworkRequest;
use crate::types::network::{NetworkRecord, Subnet};

/// The first address, which is the gateway's unless somebody says otherwise.
pub fn first(subnet: &IpNet) -> Option<IpAddr> {
    match subnet {
        IpNet::V4(net) => net.hosts().next().map(IpAddr::V4),
        // hosts() of IPv6 begins with the anycast address: RFC 4291, section 2.6.1.
        IpNet::V6(net) => net.hosts().nth(1).map(IpAddr::V6),
    }
}

/// The subnets of a new network.
pub fn choose(request: &NetworkRequest, all: &[NetworkRecord]) -> Result<Vec<Subnet>, Error> {
    let taken: Vec<IpNet> = all
        .iter()
        .flat_map(|network| network.subnets.iter().map(|s| s.subnet))
        .chain(crate::network::host_subnets())
        .collect();
    if request.gateways.len() > request.subnets.len() {
        return Err(Error::new("cannot set gateway without subnet"));
    }
    if request.ranges.len() > request.subnets.len() {
        return Err(Error::new("cannot set ip range without subnet"));
    }
    let mut chosen = Vec::new();
    for (at, subnet) in request.subnets.iter().enumerate() {
        let subnet = subnet.trunc();
        if let Some(other) = taken.iter().find(|other| overlap(other, &subnet)) {
            let text = format!("subnet {subnet} is already used on the host or by another config");
            return Err(Error::new(text).hint(format!("it overlaps {other}")));
        }
        let gateway = match request.gateways.get(at) {
            Some(gateway) if !subnet.contains(gateway) => {
                return Err(Error::new(format!(
                    "gateway {gateway} not in subnet {subnet}"
                )));
            }
            Some(gateway) => Some(*gateway),
            None if request.internal && !request.dns => None,
            None => first(&subnet),
        };
        let lease_range = request.ranges.get(at).cloned();
        if let Some(range) = &lease_range
            && !(subnet.contains(&range.start_ip) && subnet.contains(&range.end_ip))
        {
            let text = format!(
                "ip range {}-{} not in subnet {subnet}",
                range.start_ip, range.end_ip
            );
            return Err(Error::new(text));
        }
        chosen.push(Subnet {
            subnet,
            gateway,
            lease_range,
        });
    }
    let has = |v6: bool| request.subnets.iter().any(|s| s.addr().is_ipv6() == v6);
    let mut add = |subnet: IpNet| {
        chosen.push(Subnet {
            subnet,
            gateway: first(&subnet).filter(|_| !request.internal || request.dns),
            lease_range: None,
        });
    };
    if request.subnets.is_empty() || (request.ipv6 && !has(false)) {
        add(free_v4(&taken)?);
    }
    if request.ipv6 && !has(true) {
        add(random_v6()?);
    }
    Ok(chosen)
}

fn overlap(a: &IpNet, b: &IpNet) -> bool {
    a.contains(b) || b.contains(a)
}

fn free_v4(taken: &[IpNet]) -> Result<IpNet, Error> {
    let from = u32::from(Ipv4Addr::new(10, 89, 0, 0));
    let until = u32::from(Ipv4Addr::new(10, 255, 255, 0));
    let mut pool = (from..=until).step_by(256).map(|address| {
        let net = Ipv4Net::new(Ipv4Addr::from(address), 24).expect("24 is a prefix");
        IpNet::V4(net)
    });
    pool.find(|net| !taken.iter().any(|other| overlap(other, net)))
        .ok_or_else(|| {
            Error::new("could not find free subnet from subnet pools")
                .hint("name one with --subnet")
        })
}

fn random_v6() -> Result<IpNet, Error> {
    let mut bytes = [0; 16];
    crate::sys::fs::random(&mut bytes[1..8])
        .map_err(|error| Error::new(format!("asking for randomness: {}", error.reason())))?;
    bytes[0] = 0xfd;
    let net = Ipv6Net::new(Ipv6Addr::from(bytes), 64).expect("64 is a prefix");
    Ok(IpNet::V6(net))
}
