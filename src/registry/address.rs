//! Where names lead: the addresses a registry's word may send us to (S-39).
//!
//! Checked where the name is resolved for the connection itself, so that a second answer of the
//! name server cannot differ from the one that was checked. Behind a proxy the proxy resolves;
//! then only addresses written out are checked.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// How far a name may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The user named it.
    Anywhere,
    /// A registry at home named it: anywhere but link-local.
    Home,
    /// A public registry named it: public addresses only.
    Public,
}

/// A host that leads where it may not.
#[derive(Debug)]
pub struct Forbidden {
    pub address: IpAddr,
}

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "address {} is not allowed", self.address)
    }
}

impl std::error::Error for Forbidden {}

/// Resolves names and refuses what is out of reach.
#[derive(Debug)]
pub struct Guard {
    pub reach: Reach,
    /// Set when a name the user gave leads to loopback or a private network.
    pub home: Arc<AtomicBool>,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        for socket in found.iter() {
            let address = socket.ip();
            if !self.reach.allows(address) {
                return Err(ureq::Error::Other(Box::new(Forbidden { address })));
            }
            if self.reach == Reach::Anywhere && kind(address) != Kind::Public {
                self.home.store(true, Ordering::Relaxed);
            }
        }
        Ok(found)
    }
}

impl Reach {
    /// Returns whether a connection to this address may be made.
    pub fn allows(self, address: IpAddr) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Home => kind(address) != Kind::LinkLocal,
            Self::Public => kind(address) == Kind::Public,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Public,
    /// Loopback, private, or of no use as a peer.
    Home,
    /// Also where clouds keep the credentials of machines (169.254.169.254).
    LinkLocal,
}

fn kind(address: IpAddr) -> Kind {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            let shared = a == 100 && (64..128).contains(&b); // RFC 6598
            if v4.is_link_local() {
                Kind::LinkLocal
            } else if v4.is_loopback() || v4.is_private() || shared || a == 0 || a >= 224 {
                Kind::Home
            } else {
                Kind::Public
            }
        }
        IpAddr::V6(v6) => kind_v6(v6),
    }
}

fn kind_v6(v6: Ipv6Addr) -> Kind {
    // ::ffff:a.b.c.d connects to the IPv4 address; so does NAT64's 64:ff9b::/96.
    if let Some(v4) = v6.to_ipv4_mapped() {
        return kind(IpAddr::V4(v4));
    }
    let segments = v6.segments();
    if segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        let [.., a, b, c, d] = v6.octets();
        return kind(IpAddr::from([a, b, c, d]));
    }
    // fd00:ec2::254 is a cloud's metadata server too; it is private like all of fc00::/7.
    if v6.is_unicast_link_local() {
        Kind::LinkLocal
    } else if v6.is_loopback() || v6.is_unspecified() || v6.is_unique_local() || v6.is_multicast() {
        Kind::Home
    } else {
        Kind::Public
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_kinds() {
        for (text, expected) in [
            ("1.1.1.1", Kind::Public),
            ("127.0.0.1", Kind::Home),
            ("10.1.2.3", Kind::Home),
            ("172.31.0.1", Kind::Home),
            ("172.32.0.1", Kind::Public),
            ("192.168.0.1", Kind::Home),
            ("100.64.0.1", Kind::Home),
            ("0.0.0.0", Kind::Home),
            ("224.0.0.1", Kind::Home),
            ("169.254.169.254", Kind::LinkLocal),
            ("::1", Kind::Home),
            ("::", Kind::Home),
            ("fd00:ec2::254", Kind::Home),
            ("fe80::1", Kind::LinkLocal),
            ("::ffff:169.254.169.254", Kind::LinkLocal),
            ("::ffff:127.0.0.1", Kind::Home),
            ("64:ff9b::a9fe:a9fe", Kind::LinkLocal),
            ("2606:4700::1111", Kind::Public),
        ] {
            assert_eq!(kind(text.parse().expect("an address")), expected, "{text}");
        }
    }
}
