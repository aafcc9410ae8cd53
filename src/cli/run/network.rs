//! `--network`, `--ip` and their like: which networks, and what is asked of each.

use std::net::IpAddr;
use std::path::PathBuf;

use crate::cli::error::Error;
use crate::cli::run::flags::ContainerArgs;
use crate::types::network::{Attachment, DEFAULT};
use crate::types::request::Network;
use crate::types::{ContainerName, escape};

/// Reads all words of a command line about networks; `usual` is the word of a silent one.
pub fn of(args: &ContainerArgs, usual: Option<&str>) -> Result<Network, Error> {
    if let (Some(word), true, false) = (usual, args.network.is_empty(), asks_for_addresses(args)) {
        let bad = |why| {
            Error::usage(
                format!("containers.conf netns {}", escape::quoted(word)),
                why,
            )
        };
        return network(word).map_err(bad);
    }
    let mut all = Vec::new();
    let mut mode = None;
    for word in &args.network {
        let bad = |why: String| Error::usage(format!("--network {}", escape::quoted(word)), why);
        // Docker and Podman take several networks between commas too.
        match network(word).map_err(bad)? {
            Network::Bridge(more) => all.extend(more),
            other => mode = Some(other),
        }
    }
    match (mode, all.is_empty()) {
        (Some(mode), true) if args.network.len() == 1 => {
            refuse_addresses(args, &mode).map(|()| mode)
        }
        (None, true) => match asks_for_addresses(args) {
            // As Podman: an address is one of the default bridge.
            true => addressed(
                args,
                vec![Attachment {
                    network: DEFAULT.to_owned(),
                    ..Attachment::default()
                }],
            ),
            false => Ok(Network::Default),
        },
        (None, false) => addressed(args, all),
        _ => Err(Error::usage(
            "",
            "cannot set multiple networks without bridge network mode",
        )),
    }
}

fn asks_for_addresses(args: &ContainerArgs) -> bool {
    args.ip.is_some() || args.ip6.is_some() || args.mac_address.is_some()
}

fn refuse_addresses(args: &ContainerArgs, mode: &Network) -> Result<(), Error> {
    let alias = !args.network_alias.is_empty() && *mode != Network::Default;
    match asks_for_addresses(args) || alias {
        true => Err(Error::usage(
            "",
            "networks and static ip/mac address can only be used with Bridge mode networking",
        )),
        false => Ok(()),
    }
}

/// `--ip`, `--ip6` and `--mac-address` are of the first network, aliases of all.
fn addressed(args: &ContainerArgs, mut all: Vec<Attachment>) -> Result<Network, Error> {
    if asks_for_addresses(args) && all.len() > 1 {
        let why = "can only be set for a single network: write NETWORK:ip=ADDRESS";
        return Err(Error::usage("--ip, --ip6, --mac-address", why));
    }
    for (at, one) in all.iter().enumerate() {
        if all[..at].iter().any(|other| other.network == one.network) {
            let why = "the same network twice";
            return Err(Error::usage(format!("--network {}", one.network), why));
        }
    }
    if let Some(first) = all.first_mut() {
        for (option, text) in [("--ip", &args.ip), ("--ip6", &args.ip6)] {
            let Some(text) = text else { continue };
            let ip = text
                .parse::<IpAddr>()
                .ok()
                .filter(|ip| ip.is_ipv6() == (option == "--ip6"));
            let bad = || Error::usage(format!("{option} {}", escape::quoted(text)), "no address");
            first.ips.push(ip.ok_or_else(bad)?);
        }
        if let Some(text) = &args.mac_address {
            first.mac = Some(mac(text).map_err(|why| Error::usage("--mac-address", why))?);
        }
    }
    for one in &mut all {
        one.aliases.extend(args.network_alias.iter().cloned());
    }
    Ok(Network::Bridge(all))
}

/// Parses a `--network` word.
pub fn network(text: &str) -> Result<Network, String> {
    let (mode, rest) = match text.split_once(':') {
        Some((mode, rest)) => (mode, Some(rest)),
        None => (text, None),
    };
    let words = |rest: Option<&str>| {
        let rest = rest.unwrap_or_default();
        let words = rest.split(',').filter(|word| !word.is_empty());
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    match (mode, rest) {
        ("" | "default" | "private", None) => Ok(Network::Default),
        ("none", None) => Ok(Network::None),
        ("host", None) => Ok(Network::Host),
        ("pasta", rest) => Ok(Network::Pasta(words(rest))),
        ("slirp4netns", rest) => Ok(Network::Slirp4netns(words(rest))),
        ("container", Some(name)) if !name.is_empty() => Ok(Network::Container(name.to_owned())),
        ("ns", Some(path)) if path.starts_with('/') => Ok(Network::Path(PathBuf::from(path))),
        ("container", _) => Err("names no container".to_owned()),
        ("ns", _) => Err("names no absolute path".to_owned()),
        ("none" | "host" | "default" | "private", Some(_)) => Err("takes no options".to_owned()),
        ("bridge", rest) => attachment(DEFAULT, rest),
        (name, rest) => attachment(name, rest),
    }
}

/// Parses `NAME[:ip=…,ip6=…,mac=…,alias=…,interface_name=…]`: podman-run(1), "--network".
fn attachment(name: &str, rest: Option<&str>) -> Result<Network, String> {
    ContainerName::parse(name).map_err(|why| why.to_string())?;
    let mut attachment = Attachment {
        network: name.to_owned(),
        ..Attachment::default()
    };
    for word in rest
        .unwrap_or_default()
        .split(',')
        .filter(|w| !w.is_empty())
    {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        match key {
            "ip" | "ip6" => {
                let ip: IpAddr = value.parse().map_err(|_| format!("{word}: no address"))?;
                if ip.is_ipv6() != (key == "ip6") {
                    return Err(format!("{word}: the other kind of address"));
                }
                attachment.ips.push(ip);
            }
            "mac" => attachment.mac = Some(mac(value)?),
            "alias" if !value.is_empty() => attachment.aliases.push(value.to_owned()),
            "interface_name" => attachment.interface = Some(interface(value)?),
            "egress" => {
                return Err("egress=: is kept on pasta and slirp4netns networks only".to_owned());
            }
            _ => return Err(format!("{}: is not known here", escape::quoted(word))),
        }
    }
    Ok(Network::Bridge(vec![attachment]))
}

/// Parses a hardware address: six pairs of hex digits.
pub fn mac(text: &str) -> Result<String, String> {
    let pairs: Vec<&str> = text.split([':', '-']).collect();
    let good = |pair: &&str| pair.len() == 2 && u8::from_str_radix(pair, 16).is_ok();
    match pairs.len() == 6 && pairs.iter().all(good) {
        true => Ok(pairs.join(":").to_ascii_lowercase()),
        false => Err(format!("{}: is no MAC address", escape::quoted(text))),
    }
}

/// Parses the name of an interface: netdevice(7), at most 15 bytes.
pub fn interface(text: &str) -> Result<String, String> {
    let bad = text.is_empty() || text.len() > 15 || text.contains(['/', ':', ' ']);
    match bad {
        true => Err(format!("{}: is no interface's name", escape::quoted(text))),
        false => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_with_a_name() {
        let read = network("web:ip=10.1.1.3,alias=db,mac=0a:bb:cc:dd:ee:0F,interface_name=lan");
        let wanted = Attachment {
            network: "web".to_owned(),
            ips: vec!["10.1.1.3".parse().expect("an address")],
            mac: Some("0a:bb:cc:dd:ee:0f".to_owned()),
            aliases: vec!["db".to_owned()],
            interface: Some("lan".to_owned()),
        };
        assert_eq!(read, Ok(Network::Bridge(vec![wanted])));
        for bad in [
            "-x",
            "web:ip=x",
            "web:ip=::1",
            "web:mac=1",
            "web:what=1",
            "web:ip6=10.1.1.1",
        ] {
            assert!(network(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn networks() {
        for (text, wanted) in [
            ("none", Some(Network::None)),
            ("host", Some(Network::Host)),
            ("default", Some(Network::Default)),
            (
                "pasta:-T,8080",
                Some(Network::Pasta(vec!["-T".into(), "8080".into()])),
            ),
            ("slirp4netns", Some(Network::Slirp4netns(vec![]))),
            ("container:web", Some(Network::Container("web".into()))),
            (
                "ns:/run/netns/a",
                Some(Network::Path("/run/netns/a".into())),
            ),
            ("container:", None),
            ("ns:x", None),
            ("none:x", None),
            ("-x", None),
        ] {
            assert_eq!(network(text).ok(), wanted, "{text}");
        }
    }
}
