//! pasta's command line, for Debian 12's version of March 2023 and for present ones.
//!
//! pasta(1). The versions differ in their options, so `--help` is read once per program
//! file and remembered. Every forwarding option is always given: its default is `auto`,
//! which would publish whatever is bound.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use crate::network::error::Error;
use crate::network::helper::{self, HelperCommand, HelperKind, Ready, namespace_path, path_word};
use crate::network::host::HostNetwork;
use crate::network::probe;
use crate::types::request::{PortMapping, Protocol};

/// Queries to it go to the host's first resolver.
pub const DNS: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 1, 1));

/// Means the host where the version knows `--map-guest-addr` (passt of August 2024).
pub const GUEST: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 1, 2));

/// pasta's options with a value that users may set after `pasta:`, short and long.
///
/// What is missing here would write files, run as somebody else or aim at another namespace.
const WITH_VALUE: &[(&str, &str)] = &[
    ("-a", "--address"),
    ("-n", "--netmask"),
    ("-g", "--gateway"),
    ("-i", "--interface"),
    ("-o", "--outbound"),
    ("-I", "--ns-ifname"),
    ("-m", "--mtu"),
    ("-M", "--mac-addr"),
    ("-D", "--dns"),
    ("-S", "--search"),
    ("-t", "--tcp-ports"),
    ("-u", "--udp-ports"),
    ("-T", "--tcp-ns"),
    ("-U", "--udp-ns"),
    ("", "--outbound-if4"),
    ("", "--outbound-if6"),
    ("", "--ns-mac-addr"),
    ("", "--dns-forward"),
    ("", "--dns-host"),
    ("", "--map-host-loopback"),
    ("", "--map-guest-addr"),
];

const WITHOUT_VALUE: &[(&str, &str)] = &[
    ("-4", "--ipv4-only"),
    ("-6", "--ipv6-only"),
    ("", "--no-tcp"),
    ("", "--no-udp"),
    ("", "--no-icmp"),
    ("", "--no-dhcp"),
    ("", "--no-ndp"),
    ("", "--no-dhcpv6"),
    ("", "--no-ra"),
    ("", "--no-map-gw"),
    ("", "--no-copy-routes"),
    ("", "--no-copy-addrs"),
    ("", "--no-splice"),
    ("", "--freebind"),
    ("", "--dhcp-dns"),
    ("", "--dhcp-search"),
    ("", "--host-lo-to-ns-lo"),
    ("", "--config-net"),
];

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

/// What the user said after `pasta:`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Long options with their values, in order.
    options: Vec<(String, Option<String>)>,
    /// `--map-gw`: the gateway's address reaches the host's loopback.
    map_gateway: bool,
}

impl Words {
    pub fn parse(words: &[String]) -> Result<Self, Error> {
        let mut parsed = Self::default();
        let mut rest = words.iter();
        while let Some(word) = rest.next() {
            let bad = |reason| Error::Word {
                helper: "pasta",
                word: word.clone(),
                reason,
            };
            if word == "--map-gw" {
                parsed.map_gateway = true;
            } else if let Some((_, long)) = WITHOUT_VALUE.iter().find(|o| is_option(o, word)) {
                parsed.options.push(((*long).to_owned(), None));
            } else if let Some((long, attached)) = with_value(word) {
                let value = match attached {
                    Some(value) => value.to_owned(),
                    None => rest.next().ok_or_else(|| bad("needs a value"))?.clone(),
                };
                if value.is_empty() || value.starts_with('-') || value.contains(char::is_control) {
                    return Err(bad("has no usable value"));
                }
                parsed.options.push((long.to_owned(), Some(value)));
            } else {
                return Err(bad("is not an option of pasta that can be set here"));
            }
        }
        Ok(parsed)
    }

    fn has(&self, long: &str) -> bool {
        self.options.iter().any(|(name, _)| name == long)
    }

    fn value(&self, long: &str) -> Option<&str> {
        let mut all = self.options.iter().rev();
        all.find(|(name, _)| name == long)
            .and_then(|(_, value)| value.as_deref())
    }
}

fn is_option(option: &(&str, &str), word: &str) -> bool {
    word == option.1 || (!option.0.is_empty() && word == option.0)
}

/// The long form of an option with a value, and the value when it is in the same word.
fn with_value(word: &str) -> Option<(&'static str, Option<&str>)> {
    if let Some(option) = WITH_VALUE.iter().find(|o| is_option(o, word)) {
        return Some((option.1, None));
    }
    if word.starts_with("--") {
        let (name, value) = word.split_once('=')?;
        let option = WITH_VALUE.iter().find(|o| o.1 == name)?;
        return Some((option.1, Some(value)));
    }
    let option = WITH_VALUE
        .iter()
        .find(|o| !o.0.is_empty() && word.starts_with(o.0))?;
    Some((option.1, Some(&word[2..])))
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
    /// An address of the container's own where the version could not reach the host otherwise.
    pub may_use_private: bool,
    /// Real root: pasta would become nobody and could not enter the container's namespaces.
    pub as_root: bool,
}

/// Makes the command line.
pub fn connect(pasta: &Pasta, host: &HostNetwork, wish: &Wish<'_>) -> Result<Connection, Error> {
    let words = wish.words;
    for (option, _) in &words.options {
        if !pasta.knows(option) {
            return Err(Error::Unsupported {
                helper: pasta.program.clone(),
                option: option.clone(),
            });
        }
    }
    let mut argv: Vec<OsString> = vec![path_word(&pasta.program)?.to_owned()];
    let mut say = |words: &[&str]| argv.extend(words.iter().map(OsString::from));
    say(&["--config-net", "--quiet"]);
    if pasta.knows("--stderr") {
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
    if let Some(private) = place.private {
        let [address, gateway] = [private.address, private.gateway].map(|a| a.to_string());
        say(&["-a", &address, "-n", "24", "-g", &gateway]);
    }
    if !words.map_gateway && !words.has("--no-map-gw") {
        say(&["--no-map-gw"]);
    }
    if !words.has("--dns-forward") {
        say(&["--dns-forward", &DNS.to_string()]);
    }
    if pasta.is_recent() && !words.has("--map-guest-addr") {
        say(&["--map-guest-addr", &GUEST.to_string()]);
    }
    for (option, value) in &words.options {
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
        addresses: place.addresses,
        gateway: place.gateway,
        host: place.host,
        dns: match words.value("--dns-forward") {
            Some(given) => given.parse().ok(),
            // Without IPv4 outside there is none inside to reach it by.
            None => host.default4.is_some().then_some(DNS),
        },
        ipv6: host.default6.is_some() && !words.has("--ipv4-only"),
    })
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
    let placed = ["--address", "--gateway", "--netmask", "--interface"]
        .iter()
        .any(|option| words.has(option));
    let address6 = host.address6().map(|a| a.address);
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
    let addresses: Vec<IpAddr> = match words.value("--address").map(str::parse) {
        Some(given) => given.into_iter().collect(),
        None => {
            let address4 = host.default4.is_some().then(|| host.address4()).flatten();
            address4
                .map(|a| a.address)
                .into_iter()
                .chain(address6)
                .collect()
        }
    };
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
        let mut options: BTreeSet<String> = WITH_VALUE
            .iter()
            .chain(WITHOUT_VALUE)
            .map(|o| o.1.to_owned())
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
                 --tcp-ports 7000 --mtu 1400 --mtu 1500 --tcp-ns auto -u none -U none {TAIL}"
            )
        );
    }

    #[test]
    fn only_harmless_words_reach_the_program() {
        for bad in [
            "--pid /tmp/x",
            "--netns /proc/1/ns/net",
            "-P /tmp/x",
            "--log-file /tmp/x",
            "--pcap x",
            "--runas 0",
            "-f",
            "1234",
            "-t",
            "-t --pid",
            "--mtu=",
            "sh",
            "--tcp-portsx 1",
        ] {
            assert!(line(true, bad, &[]).is_err(), "{bad}");
        }
        let control = Words::parse(&["-t".to_owned(), "1\u{1}".to_owned()]);
        assert!(control.is_err());
    }

    #[test]
    fn an_option_this_version_lacks_is_named() {
        let error = line(false, "--map-host-loopback 10.1.1.1", &[]).expect_err("unknown");
        assert!(error.to_string().contains("--map-host-loopback"), "{error}");
    }
}
