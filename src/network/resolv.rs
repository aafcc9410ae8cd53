//! The container's /etc/resolv.conf.
//!
//! resolv.conf(5). A resolver on the host's loopback (systemd-resolved's 127.0.0.53,
//! dnsmasq) cannot be reached from a namespace of its own; the helpers forward to it
//! under an address of theirs, which stands first.

use std::net::IpAddr;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::network::error::Error;

/// The most of a resolv.conf that is read.
pub const LIMIT: usize = 64 << 10;

/// More name servers than this are dropped; libc uses three.
const MAX_SERVERS: usize = 16;

/// Where systemd-resolved keeps the servers behind its stub.
pub const RESOLVED: &str = "/run/systemd/resolve/resolv.conf";

/// What the user said about names.
#[derive(Debug, Clone, Copy, Default)]
pub struct Dns<'a> {
    pub servers: &'a [String],
    pub search: &'a [String],
    pub options: &'a [String],
}

impl Dns<'_> {
    fn is_empty(&self) -> bool {
        self.servers.is_empty() && self.search.is_empty() && self.options.is_empty()
    }
}

/// `--dns none`: the image's own file stays.
pub fn is_left_to_image(servers: &[String]) -> bool {
    servers == ["none"]
}

/// From where the container resolves names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// Shares the host's network: the host's file says it all.
    Host,
    /// Behind a helper that forwards this address, if any, to the host's resolver.
    Forwarded { address: Option<IpAddr>, ipv6: bool },
    /// Nothing is reached.
    Nothing,
}

/// The lines of a resolv.conf that matter.
#[derive(Debug, Default, PartialEq, Eq)]
struct Lines {
    servers: Vec<String>,
    search: Vec<String>,
    options: Vec<String>,
}

/// Reads the host's file, and systemd-resolved's when the former names only its stub.
pub fn host_text() -> String {
    let text = read(Path::new("/etc/resolv.conf"));
    let servers = parse(&text).servers;
    if !servers.is_empty() && servers.iter().all(|server| server.starts_with("127.0.0.5")) {
        let behind = read(Path::new(RESOLVED));
        if !behind.is_empty() {
            return behind;
        }
    }
    text
}

/// The resolvers that /etc/resolv.conf itself names; a link-local one without its zone.
pub fn of_host() -> Vec<IpAddr> {
    let servers = parse(&read(Path::new("/etc/resolv.conf"))).servers;
    let bare = servers.iter().filter_map(|server| server.split('%').next());
    bare.filter_map(|server| server.parse().ok()).collect()
}

fn read(path: &Path) -> String {
    use std::io::Read;
    let mut bytes = Vec::new();
    if let Ok(file) = std::fs::File::open(path) {
        let _ = file.take(LIMIT as u64).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns the text of the container's file.
pub fn text(host: &str, dns: Dns<'_>, reach: Reach) -> Result<String, Error> {
    let ours = checked(dns)?;
    if dns.is_empty() && matches!(reach, Reach::Host) {
        return Ok(host.to_owned());
    }
    let theirs = parse(host);
    let servers = if ours.servers.is_empty() {
        reachable(&theirs.servers, reach)
    } else {
        ours.servers
    };
    let search = if dns.search.is_empty() && !matches!(reach, Reach::Nothing) {
        theirs.search
    } else {
        ours.search
    };
    let options = if dns.options.is_empty() {
        theirs.options
    } else {
        ours.options
    };
    let mut out = String::new();
    if !search.is_empty() {
        out.push_str(&format!("search {}\n", search.join(" ")));
    }
    for server in servers.iter().take(MAX_SERVERS) {
        out.push_str(&format!("nameserver {server}\n"));
    }
    if !options.is_empty() {
        out.push_str(&format!("options {}\n", options.join(" ")));
    }
    Ok(out)
}

/// Whether a server of the machine's file can be asked from there.
pub fn reaches_some(host: &str, reach: Reach) -> bool {
    !reachable(&parse(host).servers, reach).is_empty()
}

fn reachable(servers: &[String], reach: Reach) -> Vec<String> {
    match reach {
        Reach::Host => servers.to_vec(),
        Reach::Nothing => Vec::new(),
        Reach::Forwarded { address, ipv6 } => {
            let mut out = Vec::new();
            if !servers.is_empty() {
                out.extend(address.map(|address| address.to_string()));
            }
            let usable = |server: &&String| match server.parse::<IpAddr>() {
                Ok(IpAddr::V4(v4)) => !v4.is_loopback() && !v4.is_unspecified(),
                // A link-local address needs a zone, and zones differ inside.
                Ok(IpAddr::V6(v6)) => {
                    ipv6 && !v6.is_loopback() && !v6.is_unicast_link_local() && !v6.is_unspecified()
                }
                Err(_) => false,
            };
            out.extend(servers.iter().filter(usable).cloned());
            out
        }
    }
}

/// Checks the user's words: nothing may end the line it stands on (S-35).
fn checked(dns: Dns<'_>) -> Result<Lines, Error> {
    let mut lines = Lines::default();
    for server in dns.servers {
        if server.parse::<IpAddr>().is_err() {
            return Err(bad("--dns", server, "is not an IP address"));
        }
        lines.servers.push(server.clone());
    }
    for domain in dns.search {
        if !is_one_word(domain) {
            return Err(bad("--dns-search", domain, "is not a domain name"));
        }
        // "." alone means: no search list.
        if domain != "." {
            lines.search.push(domain.clone());
        }
    }
    for option in dns.options {
        if !is_one_word(option) {
            return Err(bad("--dns-option", option, "is not a resolver option"));
        }
        lines.options.push(option.clone());
    }
    Ok(lines)
}

fn is_one_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '#')
}

fn bad(flag: &'static str, value: &str, reason: &'static str) -> Error {
    Error::Value {
        flag,
        value: value.to_owned(),
        reason,
    }
}

fn parse(text: &str) -> Lines {
    let mut lines = Lines::default();
    for line in text.lines() {
        let mut words = line
            .split(['#', ';'])
            .next()
            .unwrap_or_default()
            .split_ascii_whitespace();
        match words.next() {
            Some("nameserver") => lines.servers.extend(words.next().map(str::to_owned)),
            // The last of search and domain lines counts.
            Some("search" | "domain") => lines.search = words.map(str::to_owned).collect(),
            Some("options") => lines.options.extend(words.map(str::to_owned)),
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORWARDED: Reach = Reach::Forwarded {
        address: Some(IpAddr::V4(std::net::Ipv4Addr::new(169, 254, 1, 1))),
        ipv6: true,
    };

    #[test]
    fn unreachable_servers_are_replaced_by_the_forwarder() {
        let six = Reach::Forwarded {
            address: Some(IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 2, 3))),
            ipv6: false,
        };
        for (host, reach, expected) in [
            (
                "nameserver 127.0.0.53\noptions edns0\n",
                FORWARDED,
                "nameserver 169.254.1.1\noptions edns0\n",
            ),
            (
                "nameserver 9.9.9.9\nnameserver fd00::53\nsearch a b\n",
                FORWARDED,
                "search a b\nnameserver 169.254.1.1\nnameserver 9.9.9.9\nnameserver fd00::53\n",
            ),
            (
                "nameserver fe80::1%eth0\nnameserver fd00::53\n",
                six,
                "nameserver 10.0.2.3\n",
            ),
            ("# nothing\n", FORWARDED, ""),
            ("nameserver 9.9.9.9\nsearch a\n", Reach::Nothing, ""),
            (
                "nameserver 127.0.0.53\n",
                Reach::Host,
                "nameserver 127.0.0.53\n",
            ),
        ] {
            let made = text(host, Dns::default(), reach).expect("no words to refuse");
            assert_eq!(made, expected, "{host:?}");
        }
    }

    #[test]
    fn the_users_words_replace_the_hosts() {
        let words = |text: &str| -> Vec<String> {
            text.split_ascii_whitespace().map(str::to_owned).collect()
        };
        let (servers, search, options) = (words("1.1.1.1 ::1"), words("."), words("ndots:2"));
        let dns = Dns {
            servers: &servers,
            search: &search,
            options: &options,
        };
        let made = text("nameserver 9.9.9.9\nsearch a\noptions b\n", dns, FORWARDED);
        assert_eq!(
            made.expect("good words"),
            "nameserver 1.1.1.1\nnameserver ::1\noptions ndots:2\n"
        );
    }

    #[test]
    fn words_that_would_make_lines_are_refused() {
        for bad in ["", "a b", "a\nnameserver 6.6.6.6", "a\0", "#x"] {
            let value = [bad.to_owned()];
            for dns in [
                Dns {
                    servers: &value,
                    ..Dns::default()
                },
                Dns {
                    search: &value,
                    ..Dns::default()
                },
                Dns {
                    options: &value,
                    ..Dns::default()
                },
            ] {
                assert!(text("", dns, FORWARDED).is_err(), "{bad:?}");
            }
        }
    }
}
