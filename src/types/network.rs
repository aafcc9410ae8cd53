//! Networks that users define, and what a container has of one.
//!
//! The fields are those of Podman's `network inspect` (containers/common, libnetwork types), so
//! that what reads those reads these.

use std::collections::BTreeMap;
use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use crate::types::Timestamp;

/// The network that is there without being made: `--network bridge`.
pub const DEFAULT: &str = "podman";

/// `networks/<name>.json`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkRecord {
    pub name: String,
    /// 64 hex digits.
    pub id: String,
    pub driver: String,
    /// The bridge's own name, at most 15 bytes: netdevice(7).
    pub network_interface: String,
    pub created: Timestamp,
    #[serde(default)]
    pub subnets: Vec<Subnet>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
    pub ipv6_enabled: bool,
    /// Nothing outside is reached.
    pub internal: bool,
    /// Containers find one another by name.
    pub dns_enabled: bool,
    /// Where names are asked that no container has; empty is as the host.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub network_dns_servers: Vec<IpAddr>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, String>,
    #[serde(default)]
    pub ipam_options: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subnet {
    pub subnet: IpNet,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway: Option<IpAddr>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease_range: Option<LeaseRange>,
}

/// Both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseRange {
    pub start_ip: IpAddr,
    pub end_ip: IpAddr,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub destination: IpNet,
    pub gateway: IpAddr,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<u32>,
}

/// What `--network NAME[:ip=…,…]` asks of one network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub network: String,
    #[serde(default)]
    pub ips: Vec<IpAddr>,
    #[serde(default)]
    pub mac: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The name inside the container; `None` is eth0, eth1, … in turn.
    #[serde(default)]
    pub interface: Option<String>,
}

/// What a running container has of one network, for `inspect` and for what takes it down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    pub network: String,
    pub id: String,
    pub interface: String,
    pub mac: String,
    /// Each with the prefix of its subnet.
    pub addresses: Vec<IpNet>,
    pub gateways: Vec<IpAddr>,
    pub aliases: Vec<String>,
}
