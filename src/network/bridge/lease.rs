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
    /// The addresses given out last, by network: the next one comes after them, so that nobody
    /// soon gets what a neighbour knows as somebody else's.
    #[serde(default)]
    last: BTreeMap<String, Vec<IpAddr>>,
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

    /// Whether a container seems to have some, without a lock.
    pub fn seem_held(runtime: &Path, id: &str) -> bool {
        let known = |leases: Self| leases.holders.contains_key(id);
        Self::any(runtime) && Self::read(runtime).is_ok_and(known)
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

    /// Gives a container its addresses on these networks, in their order; what it had before
    /// where that is free.
    pub fn take(
        &mut self,
        id: &str,
        wanted: &[(&Attachment, &NetworkRecord)],
        before: &[Joined],
    ) -> Result<Vec<Joined>, Error> {
        self.holders.insert(id.to_owned(), Vec::new());
        let mut named = wanted.iter().map(|(one, _)| one.interface.clone());
        let named: Vec<String> = named.by_ref().flatten().collect();
        for (attachment, network) in wanted {
            let before = before.iter().find(|one| one.id == network.id);
            self.add(id, attachment, network, before, &named)?;
        }
        Ok(self.of(id).to_vec())
    }

    /// Gives a container an address on one network more; `named` are interfaces it will have.
    pub fn add(
        &mut self,
        id: &str,
        attachment: &Attachment,
        network: &NetworkRecord,
        before: Option<&Joined>,
        named: &[String],
    ) -> Result<Joined, Error> {
        let addresses = self.addresses(attachment, network, before)?;
        let mac = attachment.mac.clone();
        let taken = |name: &String| {
            named.contains(name) || self.of(id).iter().any(|one| one.interface == *name)
        };
        let asked = attachment.interface.clone();
        let usual = before.map(|one| one.interface.clone());
        let interface = asked.or(usual.filter(|name| !taken(name)));
        let mut free = (0..).map(|number| format!("eth{number}"));
        let joined = Joined {
            network: network.name.clone(),
            id: network.id.clone(),
            interface: interface
                .or_else(|| free.find(|name| !taken(name)))
                .expect("numbers do not end"),
            mac: mac.unwrap_or_else(|| usual_mac(id, network, &addresses)),
            gateways: match network.internal {
                true => Vec::new(),
                false => network.subnets.iter().filter_map(|s| s.gateway).collect(),
            },
            addresses,
            aliases: attachment.aliases.clone(),
        };
        let all = self.holders.entry(id.to_owned()).or_default();
        all.push(joined.clone());
        Ok(joined)
    }

    /// What a container has.
    pub fn of(&self, id: &str) -> &[Joined] {
        self.holders.get(id).map_or(&[], Vec::as_slice)
    }

    /// Takes one network from a container that stays on others, or on none.
    pub fn give_back(&mut self, id: &str, network: &str) {
        if let Some(all) = self.holders.get_mut(id) {
            all.retain(|one| one.network != network);
        }
    }

    fn addresses(
        &mut self,
        attachment: &Attachment,
        network: &NetworkRecord,
        before: Option<&Joined>,
    ) -> Result<Vec<IpNet>, Error> {
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
                Some(ip) if self.is_taken(network, *ip) || subnet.gateway == Some(*ip) => {
                    return Err(Error::AddressTaken {
                        address: *ip,
                        network: network.name.clone(),
                    });
                }
                Some(ip) => *ip,
                None => {
                    let had = before.into_iter().flat_map(|one| &one.addresses);
                    self.next(network, subnet, had)?
                }
            };
            let net = IpNet::new(address, subnet.subnet.prefix_len());
            addresses.extend(net);
        }
        Ok(addresses)
    }

    fn is_taken(&self, network: &NetworkRecord, address: IpAddr) -> bool {
        let mut all = self.holders.values().flatten();
        all.any(|one| {
            one.network == network.name && one.addresses.iter().any(|net| net.addr() == address)
        })
    }

    /// One that it had before, or the next free one after the last that was given out.
    fn next<'a>(
        &mut self,
        network: &NetworkRecord,
        subnet: &Subnet,
        had: impl Iterator<Item = &'a IpNet>,
    ) -> Result<IpAddr, Error> {
        let usable = |ip: &IpAddr| is_usable(subnet, ip) && !self.is_taken(network, *ip);
        let mut had = had.map(IpNet::addr);
        if let Some(again) = had.find(usable) {
            return Ok(again);
        }
        let last = self.last.get(&network.name).into_iter().flatten();
        let after = last.copied().find(|ip| subnet.subnet.contains(ip));
        let found = free(subnet, after, usable).ok_or_else(|| Error::NetworkFull {
            network: network.name.clone(),
        })?;
        let last = self.last.entry(network.name.clone()).or_default();
        last.retain(|ip| !subnet.subnet.contains(ip));
        last.push(found);
        Ok(found)
    }
}

/// Whether a container may have an address at all: of the range, or of the subnet.
fn is_usable(subnet: &Subnet, ip: &IpAddr) -> bool {
    let range = subnet.lease_range.as_ref();
    let broadcast = ip.is_ipv4() && *ip == subnet.subnet.broadcast();
    range.is_none_or(|r| r.start_ip <= *ip && *ip <= r.end_ip)
        && subnet.subnet.contains(ip)
        && subnet.gateway != Some(*ip)
        && *ip != subnet.subnet.network()
        && !broadcast
}

/// The first usable address after this one, and round to it again.
fn free(
    subnet: &Subnet,
    after: Option<IpAddr>,
    usable: impl Fn(&IpAddr) -> bool,
) -> Option<IpAddr> {
    let range = subnet.lease_range.as_ref();
    let begin = number(range.map_or(subnet.subnet.network(), |range| range.start_ip));
    let end = number(range.map_or(subnet.subnet.broadcast(), |range| range.end_ip));
    let after = after.map(number).filter(|last| (begin..end).contains(last));
    let first = after.map_or(begin, |last| last + 1);
    let v6 = subnet.subnet.addr().is_ipv6();
    let mut all = (first..=end).take(MOST).chain((begin..first).take(MOST));
    all.find_map(|number| Some(address(number, v6)).filter(&usable))
}

fn number(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => u32::from(ip).into(),
        IpAddr::V6(ip) => ip.into(),
    }
}

fn address(number: u128, v6: bool) -> IpAddr {
    match u32::try_from(number) {
        Ok(number) if !v6 => IpAddr::V4(number.into()),
        _ => IpAddr::V6(number.into()),
    }
}

/// The same at every start with the same addresses, as neighbours remember it: arp(7). Locally
/// administered, for one interface: IEEE 802, the second-lowest bit of the first byte.
fn usual_mac(id: &str, network: &NetworkRecord, addresses: &[IpNet]) -> String {
    let text = format!("{id} {} {addresses:?}", network.name);
    let bytes = Digest::of(text.as_bytes()).bytes();
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
            let joined = leases.take(id, &[(want, &net)], &[]);
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
            let joined = leases.take(id, &[(&want, &net)], &[]).expect("free");
            assert_eq!(joined[0].addresses[0].to_string(), address);
        }
        assert!(leases.take("c", &[(&want, &net)], &[]).is_err());
    }

    #[test]
    fn what_it_had_is_given_again_and_what_was_given_last_comes_last() {
        let net = network("10.1.1.0/29", None);
        let want = Attachment::default();
        let mut leases = Leases::default();
        let first = |all: &[Joined]| all[0].addresses[0].addr().to_string();
        let a = leases.take("a", &[(&want, &net)], &[]).expect("free");
        assert_eq!(first(&a), "10.1.1.2");
        leases.give_back("a", "n");
        let b = leases.take("b", &[(&want, &net)], &[]).expect("free");
        assert_eq!(first(&b), "10.1.1.3");
        let again = leases.take("a", &[(&want, &net)], &a).expect("free");
        assert_eq!(again, a);
        leases.holders.remove("a");
        leases.take("c", &[(&want, &net)], &a).expect("free");
        let other = leases.take("a", &[(&want, &net)], &a).expect("free");
        assert_eq!(first(&other), "10.1.1.4");
        assert_ne!(other[0].mac, a[0].mac);
    }
}
