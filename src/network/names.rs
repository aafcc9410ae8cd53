//! The container's name servers, and how they follow the machine's while it runs.
//!
//! pasta reads /etc/resolv.conf once, at its start, and forwards to the resolver it found there for
//! as long as it lives; slirp4netns reads it again. So the container's own file is what changes: the
//! monitor, which is there anyway, looks at the machine's files now and then and has the engine
//! write the container's anew ([`Names::again`]). A resolver of ours inside the network would need
//! no such thing, but would be one more program per container that listens to strangers. The C
//! libraries read a changed file by themselves: glibc since 2.26, musl for every name.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::network::error::Error;
use crate::network::resolv::{self, Dns, Reach};

/// The machine's files about resolvers.
pub const SOURCES: [&str; 2] = ["/etc/resolv.conf", resolv::RESOLVED];

/// What a container's resolv.conf was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    servers: Vec<String>,
    search: Vec<String>,
    options: Vec<String>,
    reach: Reach,
    /// The machine's resolvers when the helper began; `None` where it finds new ones by itself.
    forwarded: Option<Vec<IpAddr>>,
    /// The file as it was written.
    pub text: String,
}

impl Names {
    pub fn new(dns: Dns<'_>, reach: Reach, forwarded: Option<Vec<IpAddr>>) -> Result<Self, Error> {
        Ok(Self {
            servers: dns.servers.to_vec(),
            search: dns.search.to_vec(),
            options: dns.options.to_vec(),
            reach,
            forwarded,
            text: resolv::text(&resolv::host_text(), dns, reach)?,
        })
    }

    /// Whether the machine's files have a part in it.
    pub fn follow_the_machine(&self) -> bool {
        let all_said = [&self.servers, &self.search, &self.options];
        !matches!(self.reach, Reach::Nothing) && all_said.iter().any(|said| said.is_empty())
    }

    /// The text for the machine as it is now.
    pub fn again(&self) -> Result<String, Error> {
        self.text_for(&resolv::host_text(), &resolv::of_host())
    }

    fn text_for(&self, host: &str, resolvers: &[IpAddr]) -> Result<String, Error> {
        let dns = Dns {
            servers: &self.servers,
            search: &self.search,
            options: &self.options,
        };
        let reach = match self.reach {
            // One that cannot be asked directly is left to the helper all the same.
            Reach::Forwarded {
                address: Some(address),
                ipv6,
            } if self.is_lost(address, resolvers) => {
                let direct = Reach::Forwarded {
                    address: None,
                    ipv6,
                };
                match resolv::reaches_some(host, direct) {
                    true => direct,
                    false => self.reach,
                }
            }
            reach => reach,
        };
        resolv::text(host, dns, reach)
    }

    /// Whether the helper's address leads to a resolver that the machine does not use any more.
    fn is_lost(&self, address: IpAddr, resolvers: &[IpAddr]) -> bool {
        let Some(forwarded) = &self.forwarded else {
            return false;
        };
        let first = forwarded
            .iter()
            .find(|one| one.is_ipv6() == address.is_ipv6());
        first.is_none_or(|first| !resolvers.contains(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(forwarded: Option<&str>) -> Names {
        Names {
            servers: Vec::new(),
            search: Vec::new(),
            options: Vec::new(),
            reach: Reach::Forwarded {
                address: "169.254.1.1".parse().ok(),
                ipv6: false,
            },
            forwarded: forwarded.map(|one| one.parse().into_iter().collect()),
            text: String::new(),
        }
    }

    #[test]
    fn a_forwarder_to_a_resolver_of_yesterday_is_left_out() {
        for (forwarded, host, wanted) in [
            (
                Some("192.0.2.1"),
                "192.0.2.1",
                "nameserver 169.254.1.1\nnameserver 192.0.2.1\n",
            ),
            (Some("192.0.2.1"), "192.0.2.9", "nameserver 192.0.2.9\n"),
            // Nothing better is left.
            (Some("192.0.2.1"), "127.0.0.1", "nameserver 169.254.1.1\n"),
            (
                None,
                "192.0.2.9",
                "nameserver 169.254.1.1\nnameserver 192.0.2.9\n",
            ),
        ] {
            let text = format!("nameserver {host}\n");
            let now = [host.parse().expect("an address")];
            let made = names(forwarded).text_for(&text, &now);
            assert_eq!(made.expect("nothing to refuse"), wanted, "{host}");
        }
    }

    #[test]
    fn only_what_comes_from_the_machine_follows_it() {
        let mut names = names(None);
        assert!(names.follow_the_machine());
        let word = vec!["a".to_owned()];
        (names.servers, names.search, names.options) = (word.clone(), word.clone(), word);
        assert!(!names.follow_the_machine());
        names.servers.clear();
        assert!(names.follow_the_machine());
        names.reach = Reach::Nothing;
        assert!(!names.follow_the_machine());
    }
}
