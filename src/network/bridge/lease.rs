//! Addresses are given out by us, never twice; a file in the runtime directory remembers them.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::network::Error;
use crate::types::Digest;
use crate::types::network::{Attachment, Joined, NetworkRecord, Subnet};

/// Looked at in one subnet before it counts as full.
const MOST: usize = 1 << 17;

/// Who is on which network, by container id.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Leases {
    pub holders: BTreeMap<String, Vec<Joined>>,
    #[serde(skip)]
    path: PathBuf,
}

impl Leases {
    /// Reads them; the caller holds the lock of networks. A broken file is an error: what it
    /// forgot would be given out twice.
    pub fn read(runtime: &Path) -> Result<Self, Error> {
        let path = runtime.join("networks.json");
        let mut leases: Self = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| Error::leases(&path, error.to_string()))?,
            Err(error) if error.kind() == ErrorKind::NotFound => Self::default(),
            Err(error) => return Err(Error::leases(&path, error.to_string())),
        };
        leases.path = path;
        Ok(leases)
    }

    /// Whether there may be any, without a lock.
    pub fn any(runtime: &Path) -> bool {
        runtime.join("networks.json").exists()
    }

    /// Keeps them; nobody on any network is no file.
    pub fn write(&self) -> Result<(), Error> {
        let failed = |error: std::io::Error| Error::leases(&self.path, error.to_string());
        if self.holders.is_empty() {
            return match fs::remove_file(&self.path) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(error)),
                _ => Ok(()),
            };
        }
        let beside = self.path.with_extension("new");
        let bytes = serde_json::to_vec(self).expect("strings and addresses serialise");
        fs::write(&beside, bytes).map_err(failed)?;
        fs::rename(&beside, &self.path).map_err(failed)
    }

    /// Gives a container its addresses on these networks, in their order.
    pub fn take(
        &mut self,
        id: &str,
        wanted: &[(&Attachment, &NetworkRecord)],
    ) -> Result<Vec<Joined>, Error> {
        let mut all: Vec<Joined> = Vec::new();
        for (at, (attachment, network)) in wanted.iter().enumerate() {
            let addresses = self.addresses(attachment, network)?;
            let mac = attachment.mac.clone();
            let mac = mac.unwrap_or_else(|| usual_mac(id, &network.name));
            all.push(Joined {
                network: network.name.clone(),
                id: network.id.clone(),
                interface: attachment
                    .interface
                    .clone()
                    .unwrap_or_else(|| format!("eth{at}")),
                mac,
                gateways: match network.internal {
                    true => Vec::new(),
                    false => network.subnets.iter().filter_map(|s| s.gateway).collect(),
                },
                addresses,
                aliases: attachment.aliases.clone(),
            });
        }
        self.holders.insert(id.to_owned(), all.clone());
        Ok(all)
    }

    fn addresses(
        &self,
        attachment: &Attachment,
        network: &NetworkRecord,
    ) -> Result<Vec<IpNet>, Error> {
        let taken = |address: IpAddr| {
            let mut all = self.holders.values().flatten();
            all.any(|one| {
                one.network == network.name && one.addresses.iter().any(|net| net.addr() == address)
            })
        };
        if let Some(stray) = attachment.ips.iter().find(|ip| {
            let mut subnets = network.subnets.iter();
            !subnets.any(|one| one.subnet.contains(*ip))
        }) {
            return Err(Error::AddressOutside {
                address: *stray,
                network: network.name.clone(),
            });
        }
        let mut addresses = Vec::new();
        for subnet in &network.subnets {
            let asked = attachment.ips.iter().find(|ip| subnet.subnet.contains(*ip));
            let address = match asked {
                Some(ip) if taken(*ip) || subnet.gateway == Some(*ip) => {
                    return Err(Error::AddressTaken {
                        address: *ip,
                        network: network.name.clone(),
                    });
                }
                Some(ip) => *ip,
                None => free(subnet, taken).ok_or_else(|| Error::NetworkFull {
                    network: network.name.clone(),
                })?,
            };
            let net = IpNet::new(address, subnet.subnet.prefix_len());
            addresses.extend(net);
        }
        Ok(addresses)
    }
}

/// The first free address of the range, or of the subnet.
fn free(subnet: &Subnet, taken: impl Fn(IpAddr) -> bool) -> Option<IpAddr> {
    let range = subnet.lease_range.as_ref();
    let inside = |ip: &IpAddr| range.is_none_or(|r| r.start_ip <= *ip && *ip <= r.end_ip);
    let usable = |ip: &IpAddr| {
        inside(ip) && subnet.gateway != Some(*ip) && *ip != subnet.subnet.network() && !taken(*ip)
    };
    let first = range.map(|range| range.start_ip);
    match (subnet.subnet, first) {
        (IpNet::V4(net), first) => {
            let begin = match first {
                Some(IpAddr::V4(ip)) => u32::from(ip),
                _ => u32::from(net.network()),
            };
            let end = u32::from(net.broadcast());
            let mut all = (begin..end).take(MOST);
            all.find_map(|ip| Some(IpAddr::V4(ip.into())).filter(usable))
        }
        (IpNet::V6(net), first) => {
            let begin = match first {
                Some(IpAddr::V6(ip)) => u128::from(ip),
                _ => u128::from(net.network()),
            };
            let end = u128::from(net.broadcast());
            let mut all = (begin..=end).take(MOST);
            all.find_map(|ip| Some(IpAddr::V6(ip.into())).filter(usable))
        }
    }
}

/// The same at every start, as neighbours remember it: arp(7). Locally administered, for one
/// interface: IEEE 802, the second-lowest bit of the first byte.
fn usual_mac(id: &str, network: &str) -> String {
    let bytes = Digest::of(format!("{id} {network}").as_bytes()).bytes();
    let first = (bytes[0] & 0xfc) | 0x02;
    let rest = bytes[1..6].iter().map(|byte| format!(":{byte:02x}"));
    format!("{first:02x}") + &rest.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(subnet: &str, range: Option<(&str, &str)>) -> NetworkRecord {
        serde_json::from_value(serde_json::json!({
            "name": "n", "id": "0", "driver": "bridge", "network_interface": "podman1",
            "created": "2026-01-01T00:00:00Z", "ipv6_enabled": false, "internal": false,
            "dns_enabled": true,
            "subnets": [{
                "subnet": subnet,
                "gateway": subnet.parse::<IpNet>().expect("a subnet").hosts().next(),
                "lease_range": range.map(|(a, b)| serde_json::json!({"start_ip": a, "end_ip": b})),
            }],
        }))
        .expect("a network")
    }

    #[test]
    fn nobody_gets_what_somebody_has() {
        let (plain, asked) = (
            Attachment::default(),
            "10.1.1.3".parse().expect("an address"),
        );
        let asked = Attachment {
            ips: vec![asked],
            ..Attachment::default()
        };
        let net = network("10.1.1.0/29", None);
        let mut leases = Leases::default();
        let mut take = |id: &str, want: &Attachment| {
            let joined = leases.take(id, &[(want, &net)]);
            joined.map(|all| all[0].addresses[0].to_string())
        };
        assert_eq!(take("a", &plain).expect("free"), "10.1.1.2/29");
        assert_eq!(take("b", &asked).expect("free"), "10.1.1.3/29");
        assert!(matches!(take("c", &asked), Err(Error::AddressTaken { .. })));
        for last in ["4", "5", "6"] {
            assert_eq!(
                take(last, &plain).expect("free"),
                format!("10.1.1.{last}/29")
            );
        }
        assert!(matches!(take("d", &plain), Err(Error::NetworkFull { .. })));
    }

    #[test]
    fn a_range_is_kept() {
        let net = network("10.1.0.0/16", Some(("10.1.7.0", "10.1.7.1")));
        let mut leases = Leases::default();
        let want = Attachment::default();
        for (id, address) in [("a", "10.1.7.0/16"), ("b", "10.1.7.1/16")] {
            let joined = leases.take(id, &[(&want, &net)]).expect("free");
            assert_eq!(joined[0].addresses[0].to_string(), address);
        }
        assert!(leases.take("c", &[(&want, &net)]).is_err());
    }
}
