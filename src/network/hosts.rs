//! The container's /etc/hosts.
//!
//! hosts(5). `--add-host` first, because the first match counts; then localhost, the
//! container's own names, the host's name, and the host's own entries that are not
//! about the host itself, as Podman has it.

use std::net::IpAddr;

use crate::network::error::Error;

/// The most of the host's file that is copied.
pub const LIMIT: u64 = 64 << 10;

/// What the file is made from.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The container's hostname and its name.
    pub own: [&'a str; 2],
    pub own_addresses: &'a [IpAddr],
    /// Under which address the container reaches the host.
    pub gateway: Option<IpAddr>,
    /// `--add-host`
    pub added: &'a [(String, String)],
    /// The host's own file.
    pub host_file: &'a str,
}

/// Returns the text of the container's file.
pub fn text(names: &Names<'_>) -> Result<String, Error> {
    let mut out = String::new();
    let mut known: Vec<&str> = vec!["localhost"];
    for (name, address) in names.added {
        let address = added_address(name, address, names.gateway)?;
        // `NAME;NAME:IP` gives several names one address.
        for one in name.split(';') {
            check_name(one, address)?;
            out.push_str(&format!("{address}\t{one}\n"));
            known.push(one);
        }
    }
    out.push_str("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n");
    let mut own: Vec<&str> = Vec::new();
    for name in names.own {
        check_own(name)?;
        if !name.is_empty() && !known.contains(&name) {
            own.push(name);
            known.push(name);
        }
    }
    if !own.is_empty() {
        for address in names.own_addresses {
            out.push_str(&format!("{address}\t{}\n", own.join(" ")));
        }
    }
    if let Some(gateway) = names.gateway {
        for name in ["host.containers.internal", "host.docker.internal"] {
            if !known.contains(&name) {
                out.push_str(&format!("{gateway}\t{name}\n"));
                known.push(name);
            }
        }
    }
    copy_entries(names.host_file, &known, &mut out);
    Ok(out)
}

fn added_address(name: &str, address: &str, gateway: Option<IpAddr>) -> Result<IpAddr, Error> {
    if address == "host-gateway" {
        return gateway.ok_or_else(|| Error::NoGateway(name.to_owned()));
    }
    let bare = address
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(address);
    bare.parse().map_err(|_| Error::Value {
        flag: "--add-host",
        value: format!("{name}:{address}"),
        reason: "is not NAME:IP or NAME:host-gateway",
    })
}

/// A name may not end the line or begin another field (S-35).
fn is_name(name: &str) -> bool {
    let foreign = |c: char| c.is_whitespace() || c.is_control() || c == '#';
    !name.is_empty() && !name.contains(foreign)
}

fn check_name(name: &str, address: IpAddr) -> Result<(), Error> {
    if is_name(name) {
        return Ok(());
    }
    Err(Error::Value {
        flag: "--add-host",
        value: format!("{name}:{address}"),
        reason: "is not a host name",
    })
}

fn check_own(name: &str) -> Result<(), Error> {
    if name.is_empty() || is_name(name) {
        return Ok(());
    }
    Err(Error::Value {
        flag: "--hostname",
        value: name.to_owned(),
        reason: "is not a host name",
    })
}

/// Copies the host's entries whose names are not taken yet.
///
/// Loopback entries are about the host itself (Debian's `127.0.1.1 thismachine`) and would
/// point at the container.
fn copy_entries(host_file: &str, known: &[&str], out: &mut String) {
    for line in host_file.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let mut words = line.split_ascii_whitespace();
        let Some(Ok(address)) = words.next().map(str::parse::<IpAddr>) else {
            continue;
        };
        if address.is_loopback() || address.is_multicast() {
            continue;
        }
        let names: Vec<&str> = words
            .filter(|name| is_name(name) && !known.contains(name))
            .collect();
        if !names.is_empty() {
            out.push_str(&format!("{address}\t{}\n", names.join(" ")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<'a>(own: [&'a str; 2], added: &'a [(String, String)]) -> Names<'a> {
        const OWN: &[IpAddr] = &[IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 2, 100))];
        Names {
            own,
            own_addresses: OWN,
            gateway: Some(IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2))),
            added,
            host_file: "127.0.1.1 thismachine\n192.0.2.9 printer web # x\nff02::1 all\n",
        }
    }

    #[test]
    fn every_source_has_its_place() {
        let added = [
            ("db;db2".to_owned(), "10.1.1.1".to_owned()),
            ("six".to_owned(), "[fd00::1]".to_owned()),
            ("host.docker.internal".to_owned(), "host-gateway".to_owned()),
        ];
        let made = text(&names(["c0ffee", "web"], &added)).expect("good names");
        assert_eq!(
            made,
            "10.1.1.1\tdb\n10.1.1.1\tdb2\nfd00::1\tsix\n192.0.2.2\thost.docker.internal\n\
             127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n\
             10.0.2.100\tc0ffee web\n192.0.2.2\thost.containers.internal\n192.0.2.9\tprinter\n"
        );
    }

    #[test]
    fn words_that_would_make_lines_are_refused() {
        for (name, address) in [
            ("a\n6.6.6.6 b", "1.1.1.1"),
            ("a b", "1.1.1.1"),
            ("a\0", "1.1.1.1"),
            ("", "1.1.1.1"),
            ("a", "nowhere"),
            ("a", "1.1.1.1\n"),
        ] {
            let added = [(name.to_owned(), address.to_owned())];
            assert!(text(&names(["h", "n"], &added)).is_err(), "{name:?}");
        }
        assert!(text(&names(["h\n1.1.1.1 x", "n"], &[])).is_err());
    }

    #[test]
    fn host_gateway_needs_a_way_to_the_host() {
        let added = [("h".to_owned(), "host-gateway".to_owned())];
        let mut alone = names(["h", "n"], &added);
        alone.gateway = None;
        assert!(matches!(text(&alone), Err(Error::NoGateway(_))));
    }
}
