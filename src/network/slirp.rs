//! slirp4netns's command line and its requests for published ports.
//!
//! slirp4netns(1) of version 1.2. Without `--exit-fd` it would outlive the container; it
//! publishes on IPv4 addresses only; its API says no more than that a port failed, which
//! is why `ports` tried all of them before.

use std::ffi::OsStr;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::network::error::Error;
use crate::network::helper::{
    self, Api, EXIT_FD, HelperCommand, HelperKind, PID_MARK, READY_FD, Ready, path_word,
};
use crate::network::host::HostNetwork;
use crate::types::request::PortMapping;

/// sun_path of unix(7), its NUL included.
const SOCKET_PATH: usize = 108;

/// What the user said after `slirp4netns:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// `cidr`; otherwise one that the machine does not use.
    network: Option<(Ipv4Addr, u8)>,
    mtu: u32,
    ipv6: bool,
    allow_host_loopback: bool,
    outbound4: Option<String>,
    outbound6: Option<String>,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            network: None,
            mtu: 65520,
            ipv6: true,
            allow_host_loopback: false,
            outbound4: None,
            outbound6: None,
        }
    }
}

impl Words {
    pub fn parse(words: &[String]) -> Result<Self, Error> {
        let mut parsed = Self::default();
        for word in words {
            parsed.take(word).map_err(|reason| Error::Word {
                helper: "slirp4netns",
                word: word.clone(),
                reason,
            })?;
        }
        Ok(parsed)
    }

    pub fn has_ipv6(&self) -> bool {
        self.ipv6
    }

    fn take(&mut self, word: &str) -> Result<(), &'static str> {
        let (key, value) = word.split_once('=').ok_or("is not KEY=VALUE")?;
        match key {
            "mtu" => {
                let mtu = value.parse().ok().filter(|mtu| (68..=65521).contains(mtu));
                self.mtu = mtu.ok_or("is not between 68 and 65521")?;
            }
            "cidr" => self.network = Some(parse_cidr(value)?),
            "enable_ipv6" => self.ipv6 = truth(value)?,
            "allow_host_loopback" => self.allow_host_loopback = truth(value)?,
            "outbound_addr" => self.outbound4 = Some(interface_or::<Ipv4Addr>(value)?),
            "outbound_addr6" => {
                self.outbound6 = Some(interface_or::<Ipv6Addr>(value)?);
            }
            "port_handler" if value == "slirp4netns" => {}
            "port_handler" => return Err("the only port handler here is slirp4netns"),
            _ => return Err("is not an option of slirp4netns that can be set here"),
        }
        Ok(())
    }
}

fn truth(value: &str) -> Result<bool, &'static str> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("is neither true nor false"),
    }
}

/// An address, or the name of an interface.
fn interface_or<A: std::str::FromStr>(value: &str) -> Result<String, &'static str> {
    let is_name = !value.is_empty()
        && value.len() < 16
        && !value.starts_with('-')
        && value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    if value.parse::<A>().is_ok() || is_name {
        Ok(value.to_owned())
    } else {
        Err("is neither an address nor an interface")
    }
}

/// slirp4netns gives the guest the hundredth address, so the network must have it.
fn parse_cidr(value: &str) -> Result<(Ipv4Addr, u8), &'static str> {
    const BAD: &str = "is not an IPv4 network of 8 to 25 bits";
    let (address, prefix) = value.split_once('/').ok_or(BAD)?;
    let address: Ipv4Addr = address.parse().map_err(|_| BAD)?;
    let prefix: u8 = prefix.parse().map_err(|_| BAD)?;
    if !(8..=25).contains(&prefix) || address.to_bits() << prefix != 0 {
        return Err(BAD);
    }
    Ok((address, prefix))
}

/// How a container is connected.
#[derive(Debug)]
pub struct Connection {
    pub command: HelperCommand,
    pub address: IpAddr,
    pub gateway: IpAddr,
    pub dns: IpAddr,
}

/// Its third address in fd00::/64 stands for the machine's first IPv6 resolver: libslirp,
/// `slirp_init`, "vnameserver6".
const DNS6: IpAddr = IpAddr::V6(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 3));

fn resolvers_are_v6_only(resolvers: &[IpAddr]) -> bool {
    !resolvers.is_empty() && resolvers.iter().all(IpAddr::is_ipv6)
}

/// Makes the command line and the requests; the API socket is made beside `folder`.
pub fn connect(
    program: &Path,
    host: &HostNetwork,
    words: &Words,
    ports: &[PortMapping],
    folder: &Path,
    resolvers: &[IpAddr],
) -> Result<Connection, Error> {
    // Its own default, 10.0.2.0/24, would hide a host network of the same numbers.
    let chosen = words
        .network
        .or_else(|| host.free_network().map(|n| (n, 24)));
    let (network, prefix) = chosen.unwrap_or((Ipv4Addr::new(10, 0, 2, 0), 24));
    // `parse_cidr` left room for the first 127 addresses.
    let at = |last: u32| Ipv4Addr::from_bits(network.to_bits() | last);
    let mut argv = vec![path_word(program)?.to_owned()];
    let mut say = |word: &str| argv.push(word.into());
    say("--configure");
    say(&format!("--ready-fd={READY_FD}"));
    say(&format!("--exit-fd={EXIT_FD}"));
    say(&format!("--mtu={}", words.mtu));
    say(&format!("--cidr={network}/{prefix}"));
    say("--enable-sandbox");
    say("--enable-seccomp");
    if !words.allow_host_loopback {
        say("--disable-host-loopback");
    }
    if words.ipv6 {
        say("--enable-ipv6");
    }
    if let Some(outbound) = &words.outbound4 {
        say(&format!("--outbound-addr={outbound}"));
    }
    if let Some(outbound) = &words.outbound6 {
        say(&format!("--outbound-addr6={outbound}"));
    }
    let api = api(ports, at(100), folder)?;
    if let Some(api) = &api {
        let mut option = std::ffi::OsString::from("--api-socket=");
        option.push(path_word(&api.socket)?);
        argv.push(option);
    }
    argv.push(char::from(PID_MARK).to_string().into());
    argv.push("tap0".into());
    Ok(Connection {
        command: HelperCommand {
            kind: HelperKind::Slirp,
            argv: helper::arguments(argv)?,
            ready: Ready::Byte,
            api,
        },
        address: at(100).into(),
        gateway: at(2).into(),
        dns: match resolvers_are_v6_only(resolvers) && words.ipv6 {
            true => DNS6,
            false => at(3).into(),
        },
    })
}

/// Beside the container's directory, because that one's name takes 64 of the 108 bytes.
fn socket_path(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().as_bytes();
    let mut short = std::ffi::OsString::from("slirp-");
    short.push(OsStr::from_bytes(&name[..name.len().min(12)]));
    folder.with_file_name(short)
}

/// Removes the API socket of a start that was killed before its ports were published.
pub fn remove_socket(folder: &Path) {
    // Nearly always it is not there, and in the way of nobody when it cannot be removed.
    let _ = std::fs::remove_file(socket_path(folder));
}

fn api(ports: &[PortMapping], guest: Ipv4Addr, folder: &Path) -> Result<Option<Api>, Error> {
    if ports.is_empty() {
        return Ok(None);
    }
    let socket = socket_path(folder);
    if socket.as_os_str().as_bytes().len() >= SOCKET_PATH {
        return Err(Error::LongSocket(socket));
    }
    // The program does not replace one that is there.
    remove_socket(folder);
    let mut requests = Vec::new();
    for mapping in ports {
        let host = match mapping.host_ip {
            None => Ipv4Addr::UNSPECIFIED,
            Some(IpAddr::V4(v4)) => v4,
            Some(v6) => return Err(Error::Slirp6(v6)),
        };
        for more in 0..mapping.range.max(1) {
            // `ports::settle` has proved that both ranges end below 65536.
            let (from, to) = (
                mapping.host_port.saturating_add(more),
                mapping.container_port.saturating_add(more),
            );
            requests.push(format!(
                "{{\"execute\":\"add_hostfwd\",\"arguments\":{{\"proto\":\"{}\",\
                 \"host_addr\":\"{host}\",\"host_port\":{from},\
                 \"guest_addr\":\"{guest}\",\"guest_port\":{to}}}}}",
                mapping.protocol.as_str()
            ));
        }
    }
    Ok(Some(Api { socket, requests }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::request::Protocol;

    fn words(text: &str) -> Result<Words, Error> {
        let words: Vec<String> = text.split_ascii_whitespace().map(str::to_owned).collect();
        Words::parse(&words)
    }

    #[test]
    fn the_command_line_and_the_requests() {
        let ports = [PortMapping {
            host_ip: None,
            host_port: 8080,
            container_port: 80,
            range: 2,
            protocol: Protocol::Udp,
        }];
        let words = words("cidr=10.9.8.0/24 mtu=1500 enable_ipv6=false").expect("good words");
        let made = connect(
            Path::new("/usr/bin/slirp4netns"),
            &HostNetwork::default(),
            &words,
            &ports,
            Path::new("/run/0123456789abcdef"),
            &[],
        )
        .expect("a line");
        let line: Vec<String> = made
            .command
            .argv
            .iter()
            .map(|word| word.to_string_lossy().replace('\u{1}', "P"))
            .collect();
        assert_eq!(
            line[1..].join(" "),
            "--configure --ready-fd=3 --exit-fd=4 --mtu=1500 --cidr=10.9.8.0/24 --enable-sandbox \
             --enable-seccomp --disable-host-loopback --api-socket=/run/slirp-0123456789ab P tap0"
        );
        let requests = made.command.api.expect("ports").requests;
        assert_eq!(requests.len(), 2);
        assert_eq!(
            requests[1],
            "{\"execute\":\"add_hostfwd\",\"arguments\":{\"proto\":\"udp\",\"host_addr\":\"0.0.0.0\",\
             \"host_port\":8081,\"guest_addr\":\"10.9.8.100\",\"guest_port\":81}}"
        );
        assert_eq!(made.dns.to_string(), "10.9.8.3");
    }

    #[test]
    fn only_known_words_with_good_values_pass() {
        for bad in [
            "mtu",
            "mtu=10",
            "mtu=x",
            "cidr=10.0.2.1/24",
            "cidr=10.0.2.0/26",
            "cidr=x",
            "enable_ipv6=yes",
            "outbound_addr=-x",
            "outbound_addr=a/b",
            "port_handler=rootlesskit",
            "pid=1",
        ] {
            assert!(words(bad).is_err(), "{bad}");
        }
        for good in [
            "outbound_addr=eth0",
            "outbound_addr6=fd00::1",
            "port_handler=slirp4netns",
        ] {
            assert!(words(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn ipv6_and_long_paths_are_refused_beforehand() {
        let port = |ip: &str| PortMapping {
            host_ip: ip.parse().ok(),
            host_port: 8080,
            container_port: 80,
            range: 1,
            protocol: Protocol::Tcp,
        };
        let program = Path::new("/usr/bin/slirp4netns");
        let plain = Words::default();
        let six = connect(
            program,
            &HostNetwork::default(),
            &plain,
            &[port("::1")],
            Path::new("/run"),
            &[],
        );
        assert!(matches!(six, Err(Error::Slirp6(_))));
        let deep = format!("/{}/c", "a".repeat(107));
        let long = connect(
            program,
            &HostNetwork::default(),
            &plain,
            &[port("127.0.0.1")],
            Path::new(&deep),
            &[],
        );
        assert!(matches!(long, Err(Error::LongSocket(_))));
    }
}
