//! Why a container cannot have the network it asked for.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

use crate::sys::SysError;
use crate::types::escape::{quoted, visible};
use crate::types::request::{PortMapping, Protocol};

/// Who holds a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// One of our containers, by name.
    Container(String),
    Process {
        name: String,
        pid: u32,
    },
    /// A process that hides its descriptors; its user's id.
    User(u32),
}

/// A network that cannot be had, and why.
#[derive(Debug)]
pub enum Error {
    PortTaken {
        protocol: Protocol,
        address: Option<IpAddr>,
        port: u16,
        holder: Option<Holder>,
    },
    /// Below the first port that needs no privilege.
    PortDenied {
        port: u16,
        first: u16,
    },
    NotOurAddress {
        address: IpAddr,
        port: u16,
    },
    /// Two mappings of one request want the same port.
    PortTwice {
        protocol: Protocol,
        port: u16,
    },
    /// Neither helper forwards it.
    NotCarried(Protocol),
    /// Reaches past 65535, or names container port 0.
    PortRange(PortMapping),
    NoFreePort {
        protocol: Protocol,
        count: u16,
    },
    Bind {
        port: u16,
        error: SysError,
    },
    /// `-p` while neither helper is installed.
    PortsNeedHelper,
    /// `-p` on an IPv6 address with slirp4netns.
    Slirp6(IpAddr),
    /// `--network pasta` or `slirp4netns` while it is not installed.
    Missing(&'static str),
    /// Something of a network that only a newer netavark does.
    OldNetavark {
        what: &'static str,
        since: (u32, u32),
        here: Option<(u32, u32)>,
    },
    /// `/dev/net/tun` cannot be opened, and the helper needs it.
    Tun {
        helper: &'static str,
        reason: String,
    },
    /// A word after `pasta:` or `slirp4netns:`.
    Word {
        helper: &'static str,
        word: String,
        reason: &'static str,
    },
    /// `pasta:--pid`
    PidFile {
        path: PathBuf,
        error: std::io::Error,
    },
    /// The installed version does not know this option.
    Unsupported {
        helper: PathBuf,
        option: String,
    },
    /// `--dns`, `--dns-search`, `--dns-option`, `--add-host`: value and reason.
    Value {
        flag: &'static str,
        value: String,
        reason: &'static str,
    },
    /// `host-gateway` where the host cannot be reached.
    NoGateway(String),
    /// `ns:PATH` that is not a network namespace.
    NotNamespace {
        path: PathBuf,
        reason: String,
    },
    /// The file that remembers addresses.
    Leases {
        path: PathBuf,
        reason: String,
    },
    /// `--ip` in no subnet of the network.
    AddressOutside {
        address: IpAddr,
        network: String,
    },
    /// `--ip` that another container or the gateway has.
    AddressTaken {
        address: IpAddr,
        network: String,
    },
    /// Every address is given out.
    NetworkFull {
        network: String,
    },
    /// What carries published ports of named networks did not begin.
    Forwarder(String),
    /// The namespace of all bridges.
    Holder(String),
    /// What netavark did not do.
    Netavark {
        action: String,
        why: String,
    },
    /// The filter of `--egress`.
    Egress(String),
    Sys(SysError),
    Userns(crate::userns::Error),
    /// A path that cannot be handed to a helper.
    Path(PathBuf),
    /// slirp4netns's socket would have a path of more than 107 bytes: unix(7).
    LongSocket(PathBuf),
    /// More words than the monitor holds.
    TooMany,
    /// slirp4netns did not open a port.
    Refused {
        request: String,
        reason: String,
    },
}

impl From<SysError> for Error {
    fn from(error: SysError) -> Self {
        Self::Sys(error)
    }
}

impl From<crate::userns::Error> for Error {
    fn from(error: crate::userns::Error) -> Self {
        Self::Userns(error)
    }
}

impl Error {
    pub(crate) fn leases(path: &std::path::Path, reason: String) -> Self {
        Self::Leases {
            path: path.to_owned(),
            reason,
        }
    }

    pub(crate) fn holder(error: std::io::Error) -> Self {
        Self::Holder(error.to_string())
    }

    pub(crate) fn egress(error: std::io::Error) -> Self {
        Self::Egress(error.to_string())
    }

    /// What the user can do, when we know.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::PortDenied { port, first } => Some(format!(
                "ordinary users publish ports from {first} up; try another host port, or as root: \
                 sysctl net.ipv4.ip_unprivileged_port_start={port}"
            )),
            Self::PortsNeedHelper => {
                Some("install the package passt or slirp4netns, or use --network host".to_owned())
            }
            Self::Missing("pasta") => Some(
                "install the package passt, or use --network slirp4netns, none or host".to_owned(),
            ),
            Self::Missing("netavark") => Some(
                "install the packages netavark and aardvark-dns; --network pasta needs neither"
                    .to_owned(),
            ),
            Self::Netavark { .. } => {
                Some("a newer one in /usr/local/libexec/podman is found first".to_owned())
            }
            Self::Missing("nft") => Some("install the package nftables".to_owned()),
            Self::Missing(_) => Some(
                "install the package slirp4netns, or use --network pasta, none or host".to_owned(),
            ),
            Self::LongSocket(_) => Some(
                "--runroot names a runtime directory with a shorter path; pasta does not mind"
                    .to_owned(),
            ),
            Self::Tun { .. } => Some(
                "as root: modprobe tun && chmod 666 /dev/net/tun; or use --network none or host"
                    .to_owned(),
            ),
            Self::Slirp6(_) => Some("--network pasta publishes on IPv6 addresses".to_owned()),
            Self::NotCarried(_) => Some("tcp and udp ports can be published".to_owned()),
            Self::NotOurAddress { .. } => {
                Some("`ip address` lists the addresses of this machine".to_owned())
            }
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortTaken {
                protocol,
                address,
                port,
                holder,
            } => {
                write!(f, "port {}", shown(*address, *port, *protocol))?;
                f.write_str(": address already in use")?;
                match holder {
                    Some(Holder::Container(name)) => write!(f, " by container {name}"),
                    Some(Holder::Process { name, pid }) => write!(f, " by {name} (pid {pid})"),
                    Some(Holder::User(uid)) => write!(f, " by a process of user id {uid}"),
                    None => Ok(()),
                }
            }
            Self::PortDenied { port, .. } => write!(f, "port {port}: permission denied"),
            Self::NotOurAddress { address, port } => write!(
                f,
                "port {port} on {address}: no interface of this machine has that address"
            ),
            Self::PortTwice { protocol, port } => {
                write!(f, "port {port}/{}: published twice", protocol.as_str())
            }
            Self::NotCarried(protocol) => {
                write!(f, "can't forward protocol: {}", protocol.as_str())
            }
            Self::PortRange(mapping) => write!(
                f,
                "ports {}:{} ({} of them): ports go from 1 to 65535",
                mapping.host_port,
                mapping.container_port,
                mapping.range.max(1)
            ),
            Self::NoFreePort { protocol, count } => write!(
                f,
                "no {count} consecutive free {} port(s) found",
                protocol.as_str()
            ),
            Self::Bind { port, error } => write!(f, "port {port}: {}", error.reason()),
            Self::PortsNeedHelper => {
                f.write_str("ports cannot be published: neither pasta nor slirp4netns is installed")
            }
            Self::Slirp6(address) => write!(
                f,
                "port on {address}: slirp4netns publishes on IPv4 addresses only"
            ),
            Self::Leases { path, reason } => {
                write!(f, "addresses given out: {}: {reason}", path.display())
            }
            Self::AddressOutside { address, network } => write!(
                f,
                "requested static ip {address} not in any subnet on network {network}"
            ),
            Self::AddressTaken { address, network } => write!(
                f,
                "requested ip address {address} is already allocated on network {network}"
            ),
            Self::NetworkFull { network } => {
                write!(f, "network {network}: no free address is left")
            }
            Self::Forwarder(why) if why.is_empty() => {
                f.write_str("what carries published ports ended at once")
            }
            Self::Forwarder(why) => f.write_str(why),
            Self::Holder(why) => write!(f, "the namespace of the networks: {why}"),
            Self::Netavark { action, why } => write!(f, "netavark {action}: {why}"),
            Self::Egress(why) => write!(f, "the filter of --egress: {why}"),
            Self::Sys(error) => write!(f, "{error}"),
            Self::Userns(error) => write!(f, "{error}"),
            Self::Missing("netavark") => {
                f.write_str("networks with a name need netavark, and it is not installed")
            }
            Self::OldNetavark { what, since, here } => {
                let (major, minor) = since;
                write!(
                    f,
                    "{what}: netavark does that since version {major}.{minor}"
                )?;
                match here {
                    Some((major, minor)) => write!(f, ", this one is {major}.{minor}"),
                    None => f.write_str(", and this one does not tell its version"),
                }
            }
            Self::Missing("nft") => f.write_str("--egress needs nft, and it is not installed"),
            Self::Missing(helper) => write!(f, "--network {helper}: {helper} is not in PATH"),
            Self::Tun { helper, reason } => {
                write!(f, "{helper} cannot be used: /dev/net/tun: {reason}")
            }
            Self::Word {
                helper,
                word,
                reason,
            } => write!(f, "--network {helper}: {}: {reason}", quoted(word)),
            Self::PidFile { path, error } => write!(
                f,
                "--network pasta: --pid {}: {error}",
                quoted(&path.to_string_lossy())
            ),
            Self::Unsupported { helper, option } => write!(
                f,
                "--network pasta: {} does not know {option}",
                helper.display()
            ),
            Self::Value {
                flag,
                value,
                reason,
            } => write!(f, "{flag} {}: {reason}", quoted(value)),
            Self::NoGateway(name) => write!(
                f,
                "--add-host {name}:host-gateway: this network does not reach the host"
            ),
            Self::NotNamespace { path, reason } => {
                let path = quoted(&path.to_string_lossy());
                write!(f, "--network ns:{path}: {reason}")
            }
            Self::LongSocket(path) => write!(
                f,
                "slirp4netns: {}: too long a path for a socket",
                quoted(&path.to_string_lossy())
            ),
            Self::TooMany => f.write_str("too many published ports: ranges take less room"),
            Self::Refused { request, reason } => write!(
                f,
                "slirp4netns did not open a port: {}: {}",
                visible(request),
                visible(reason)
            ),
            Self::Path(path) => write!(
                f,
                "{}: cannot be handed to a network helper",
                quoted(&path.to_string_lossy())
            ),
        }
    }
}

fn shown(address: Option<IpAddr>, port: u16, protocol: Protocol) -> String {
    let protocol = protocol.as_str();
    match address {
        Some(IpAddr::V6(v6)) => format!("[{v6}]:{port}/{protocol}"),
        Some(v4) => format!("{v4}:{port}/{protocol}"),
        None => format!("{port}/{protocol}"),
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Bind { error, .. } => Some(error),
            _ => None,
        }
    }
}
