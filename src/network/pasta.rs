//! pasta's command line, for Debian 12's version of March 2023 and for present ones.
//!
//! pasta(1). The versions differ in their options, so `--help` is read once per program
//! file and remembered. Every forwarding option is always given: its default is `auto`,
//! which would publish whatever is bound.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};

use crate::network::error::Error;
use crate::network::helper::{self, HelperCommand, HelperKind, Ready, namespace_path, path_word};
use crate::network::host::HostNetwork;
use crate::network::probe;
use crate::network::words::Words;
use crate::types::request::{PortMapping, Protocol};

/// Queries to it go to the host's first resolver.
pub const DNS: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 1, 1));

/// The same where the machine has IPv6 resolvers only: pasta asks one kind with the same kind.
pub const DNS6: IpAddr = IpAddr::V6(Ipv6Addr::new(0xfd16, 0x9254, 1, 0, 0, 0, 0, 1));

/// Means the host where the version knows `--map-guest-addr` (passt of August 2024).
pub const GUEST: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 1, 2));

/// An installed pasta.
#[derive(Debug, Clone)]
pub struct Pasta {
    pub program: PathBuf,
    /// The long options its help names.
    pub options: BTreeSet<String>,
}

impl Pasta {
    /// Asks the program what it knows, or the note of an earlier answer in `cache`.
    pub fn inspect(program: PathBuf, cache: Option<&Path>) -> Self {
        let options = probe::options(&program, cache);
        Self { program, options }
    }

    fn knows(&self, option: &str) -> bool {
        self.options.contains(option)
    }

    /// A version that can map the host's address, forwards UDP from loopback, and does not
    /// keep a client waiting whose server speaks first: all came before this option.
    pub fn is_recent(&self) -> bool {
        self.knows("--map-guest-addr")
    }
}

/// How a container is connected: the command, and what is known about it beforehand.
#[derive(Debug)]
pub struct Connection {
    pub command: HelperCommand,
    pub addresses: Vec<IpAddr>,
    pub gateway: Option<IpAddr>,
    /// The address under which the container reaches this machine.
    pub host: Option<IpAddr>,
    /// The address that answers DNS queries.
    pub dns: Option<IpAddr>,
    pub ipv6: bool,
}

/// What a connection is asked for.
#[derive(Debug)]
pub struct Wish<'a> {
    pub words: &'a Words,
    pub ports: &'a [PortMapping],
    pub pid_file: &'a Path,
    /// The resolvers of /etc/resolv.conf, as pasta itself reads it.
    pub resolvers: &'a [IpAddr],
    /// An address of the container's own where the version could not reach the host otherwise.
    pub may_use_private: bool,
    /// Real root: pasta would become nobody and could not enter the container's namespaces.
    pub as_root: bool,
}

/// Makes the command line.
pub fn connect(pasta: &Pasta, host: &HostNetwork, wish: &Wish<'_>) -> Result<Connection, Error> {
    let words = wish.words;
    if let Some(option) = words.options().find(|(name, _)| !pasta.knows(name)) {
        return Err(Error::Unsupported {
            helper: pasta.program.clone(),
            option: option.0.to_owned(),
        });
    }
    let mut argv: Vec<OsString> = vec![path_word(&pasta.program)?.to_owned()];
    let mut say = |words: &[&str]| argv.extend(words.iter().map(OsString::from));
    say(&["--config-net"]);
    if !words.is_verbose() {
        say(&["--quiet"]);
    }
    // It refuses to log in two places.
    if pasta.knows("--stderr") && !words.has("--log-file") {
        say(&["--stderr"]);
    }
    if pasta.knows("--no-netns-quit") {
        // It would end with the process by which it found the namespaces, which stays only
        // until it is ready. The monitor ends it.
        say(&["--no-netns-quit"]);
    }
    if wish.as_root {
        say(&["--runas", "0:0"]);
    }
    let place = place(pasta, host, wish);
    if let Some(private) = &place.private {
        let [address, gateway] = [private.address, private.gateway].map(|a| a.to_string());
        say(&["-a", &address, "-n", "24", "-g", &gateway]);
    }
    if !words.maps_gateway() && !words.has("--no-map-gw") {
        say(&["--no-map-gw"]);
    }
    let dns = match words.value("--dns-forward") {
        Some(given) => given.parse().ok(),
        None => forwarder(&place, wish.resolvers),
    };
    if let (Some(dns), false) = (dns, words.has("--dns-forward")) {
        say(&["--dns-forward", &dns.to_string()]);
    }
    if pasta.is_recent() && !words.has("--map-guest-addr") {
        say(&["--map-guest-addr", &GUEST.to_string()]);
    }
    for (option, value) in words.options() {
        say(&[option]);
        if let Some(value) = value {
            say(&[value]);
        }
    }
    for word in forwarding(wish) {
        say(&[&word]);
    }
    argv.push("--pid".into());
    argv.push(path_word(wish.pid_file)?.to_owned());
    for (option, namespace) in [("--userns", "user"), ("--netns", "net")] {
        argv.push(option.into());
        argv.push(namespace_path(namespace).into());
    }
    Ok(Connection {
        command: HelperCommand {
            kind: HelperKind::Pasta,
            argv: helper::arguments(argv)?,
            ready: Ready::Background {
                pid_file: wish.pid_file.to_owned(),
            },
            api: None,
        },
        ipv6: place.addresses.iter().any(IpAddr::is_ipv6),
        addresses: place.addresses,
        gateway: place.gateway,
        host: place.host,
        dns,
    })
}

/// The address that pasta forwards to the machine's first resolver of the same kind; it can be
/// reached only by an address of that kind.
fn forwarder(place: &Place, resolvers: &[IpAddr]) -> Option<IpAddr> {
    let here = |v6: bool| place.addresses.iter().any(|one| one.is_ipv6() == v6);
    let asked = |v6: bool| resolvers.iter().any(|one| one.is_ipv6() == v6);
    match (asked(false), asked(true)) {
        (false, true) if here(true) => Some(DNS6),
        _ => here(false).then_some(DNS),
    }
}

/// `-t` and `-u` for the published ports, `none` where there are none.
fn forwarding(wish: &Wish<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for (flag, long, protocol) in [
        ("-t", "--tcp-ports", Protocol::Tcp),
        ("-u", "--udp-ports", Protocol::Udp),
    ] {
        let groups = by_address(wish.ports, protocol);
        if groups.is_empty() && !wish.words.has(long) {
            out.extend([flag.to_owned(), "none".to_owned()]);
        }
        for (address, ports) in groups {
            let address = address.map(|ip| format!("{ip}/")).unwrap_or_default();
            out.extend([flag.to_owned(), format!("{address}{}", ports.join(","))]);
        }
    }
    for (flag, long) in [("-T", "--tcp-ns"), ("-U", "--udp-ns")] {
        if !wish.words.has(long) {
            out.extend([flag.to_owned(), "none".to_owned()]);
        }
    }
    out
}

/// The ports of each host address, as `first[-last]:first[-last]`: one word for all of them,
/// because the monitor holds a limited number of words.
fn by_address(ports: &[PortMapping], protocol: Protocol) -> BTreeMap<Option<IpAddr>, Vec<String>> {
    let mut groups: BTreeMap<Option<IpAddr>, Vec<String>> = BTreeMap::new();
    for mapping in ports.iter().filter(|m| m.protocol == protocol) {
        let more = mapping.range.max(1) - 1;
        let span = |first: u16| match more {
            0 => first.to_string(),
            // `ports::settle` has proved that the range ends below 65536.
            _ => format!("{first}-{}", first.saturating_add(more)),
        };
        let words = format!(
            "{}:{}",
            span(mapping.host_port),
            span(mapping.container_port)
        );
        groups.entry(mapping.host_ip).or_default().push(words);
    }
    groups
}

struct PrivateAddress {
    address: Ipv4Addr,
    gateway: Ipv4Addr,
}

/// Where in the world a container stands.
struct Place {
    private: Option<PrivateAddress>,
    addresses: Vec<IpAddr>,
    gateway: Option<IpAddr>,
    host: Option<IpAddr>,
}

fn place(pasta: &Pasta, host: &HostNetwork, wish: &Wish<'_>) -> Place {
    let words = wish.words;
    let placed = [
        "--address",
        "--gateway",
        "--netmask",
        "--interface",
        "--ipv6-only",
    ]
    .iter()
    .any(|option| words.has(option));
    let address6 = host.address6().map(|a| a.address);
    let address6 = address6.filter(|_| !words.has("--ipv4-only"));
    let wants_own =
        wish.may_use_private && !pasta.is_recent() && !placed && host.default4.is_some();
    let network = host.free_network().filter(|_| wants_own);
    if let Some(network) = network {
        let [a, b, c, _] = network.octets();
        let private = PrivateAddress {
            address: Ipv4Addr::new(a, b, c, 100),
            gateway: Ipv4Addr::new(a, b, c, 2),
        };
        let own = std::iter::once(private.address.into());
        return Place {
            addresses: own.chain(address6).collect(),
            gateway: Some(private.gateway.into()),
            // Not the container's own address, so it means the host.
            host: host.address4().map(|a| a.address),
            private: Some(private),
        };
    }
    let address4 = host.default4.is_some().then(|| host.address4()).flatten();
    let address4 = address4.map(|a| a.address);
    let given: Vec<IpAddr> = words.addresses();
    let of_kind = |v6: bool, copied: Option<IpAddr>| {
        let given = given.iter().rev().find(|one| one.is_ipv6() == v6);
        given.copied().or(copied)
    };
    let both = [
        of_kind(false, address4).filter(|_| !words.has("--ipv6-only")),
        of_kind(true, address6).filter(|_| !words.has("--ipv4-only")),
    ];
    let addresses: Vec<IpAddr> = both.into_iter().flatten().collect();
    let mapped = match words.value("--map-guest-addr") {
        Some(given) => given.parse().ok(),
        None => pasta.is_recent().then_some(GUEST),
    };
    Place {
        private: None,
        gateway: match words.value("--gateway") {
            Some(given) => given.parse().ok(),
            None => host.default4.as_ref().map(|(_, gateway)| (*gateway).into()),
        },
        host: mapped.or_else(|| host.address_beside(&addresses)),
        addresses,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sys::net::LocalAddress;

    fn pasta(recent: bool) -> Pasta {
        let mut options: BTreeSet<String> = Words::known()
            .map(str::to_owned)
            .filter(|o| !o.starts_with("--map-") && o != "--freebind")
            .collect();
        if recent {
            options.insert("--map-guest-addr".to_owned());
        }
        Pasta {
            program: PathBuf::from("/usr/bin/pasta"),
            options,
        }
    }

    fn machine() -> HostNetwork {
        HostNetwork {
            addresses: vec![LocalAddress {
                interface: "eth0".to_owned(),
                address: "192.0.2.2".parse().expect("an address"),
                prefix: 24,
            }],
            default4: Some(("eth0".to_owned(), Ipv4Addr::new(192, 0, 2, 1))),
            default6: None,
            routes4: Vec::new(),
        }
    }

    fn line(recent: bool, words: &str, ports: &[PortMapping]) -> Result<String, Error> {
        let words: Vec<String> = words.split_ascii_whitespace().map(str::to_owned).collect();
        let words = Words::parse(&words)?;
        let wish = Wish {
            words: &words,
            ports,
            pid_file: Path::new("/run/p"),
            may_use_private: words == Words::default(),
            as_root: false,
            resolvers: &[],
        };
        let made = connect(&pasta(recent), &machine(), &wish)?;
        let words: Vec<String> = made
            .command
            .argv
            .iter()
            .map(|word| word.to_string_lossy().replace('\u{1}', "P"))
            .collect();
        Ok(words[1..].join(" "))
    }

    const TAIL: &str = "--pid /run/p --userns /proc/P/ns/user --netns /proc/P/ns/net";

    #[test]
    fn every_version_gets_its_command_line() {
        let port = |ip: Option<&str>, host, container, range, protocol| PortMapping {
            host_ip: ip.map(|ip| ip.parse().expect("an address")),
            host_port: host,
            container_port: container,
            range,
            protocol,
        };
        let ports = [
            port(None, 8080, 80, 1, Protocol::Tcp),
            port(None, 8443, 443, 1, Protocol::Tcp),
            port(Some("::1"), 9000, 90, 3, Protocol::Tcp),
            port(Some("127.0.0.1"), 5353, 53, 1, Protocol::Udp),
        ];
        let old = "--config-net --quiet -a 10.0.2.100 -n 24 -g 10.0.2.2 --no-map-gw --dns-forward 169.254.1.1";
        let recent = "--config-net --quiet --no-map-gw --dns-forward 169.254.1.1 --map-guest-addr 169.254.1.2";
        assert_eq!(
            line(false, "", &[]).expect("a line"),
            format!("{old} -t none -u none -T none -U none {TAIL}")
        );
        assert_eq!(
            line(true, "", &ports).expect("a line"),
            format!(
                "{recent} -t 8080:80,8443:443 -t ::1/9000-9002:90-92 -u 127.0.0.1/5353:53 -T none -U none {TAIL}"
            )
        );
        assert_eq!(
            line(true, "--map-gw -t 7000 -m1400 --mtu=1500 -T auto", &[]).expect("a line"),
            format!(
                "--config-net --quiet --dns-forward 169.254.1.1 --map-guest-addr 169.254.1.2 \
                 --tcp-ports 7000 --mtu 1500 --tcp-ns auto -u none -U none {TAIL}"
            )
        );
    }

    #[test]
    fn an_option_this_version_lacks_is_named() {
        let error = line(false, "--map-host-loopback 10.1.1.1", &[]).expect_err("unknown");
        assert!(error.to_string().contains("--map-host-loopback"), "{error}");
    }
}
