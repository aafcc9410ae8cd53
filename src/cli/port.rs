//! `port`: which ports of the host lead to a running container.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::lifecycle::alive;
use crate::cli::names;
use crate::cli::output;
use crate::engine::{Container, Engine};
use crate::types::request::{PortMapping, Protocol};

/// List the ports of the host that lead to a container
#[derive(Debug, Clone, Args)]
pub struct PortArgs {
    /// List the ports of all containers
    #[arg(long, short)]
    pub all: bool,
    /// List the ports of the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Name or id of the container, then PORT or PORT/PROTOCOL inside it
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub words: Vec<String>,
}

/// One port inside and where it is found outside.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Published {
    inside: u16,
    protocol: Protocol,
    /// `0.0.0.0:8080`
    outside: String,
}

/// `port`
pub fn port(engine: &Engine, args: &PortArgs) -> Result<u8, Error> {
    if args.all {
        if !args.words.is_empty() || args.latest {
            return Err(Error::usage("", "no arguments are needed with --all"));
        }
        for container in engine.containers()? {
            list(&container, &format!("{}\t", container.record.id.short()))?;
        }
        return Ok(exit::SUCCESS);
    }
    let (name, wanted) = match (args.latest, args.words.as_slice()) {
        (true, []) => (names::latest(engine)?, None),
        (true, [port]) => (names::latest(engine)?, Some(port)),
        (false, [name]) => (name.clone(), None),
        (false, [name, port]) => (name.clone(), Some(port)),
        (false, []) => {
            let why = "you must supply a running container name or id";
            return Err(Error::usage("", why));
        }
        _ => return Err(Error::usage("", "more than one port is named")),
    };
    let container = engine.container(&name)?;
    match wanted {
        None => list(&container, "")?,
        Some(port) => search(&container, port)?,
    }
    Ok(exit::SUCCESS)
}

fn list(container: &Container, before: &str) -> Result<(), Error> {
    for port in published(container) {
        let (inside, protocol) = (port.inside, port.protocol.as_str());
        output::line(&format!("{before}{inside}/{protocol} -> {}", port.outside))?;
    }
    Ok(())
}

fn search(container: &Container, word: &str) -> Result<(), Error> {
    let (number, protocol) = word.split_once('/').unwrap_or((word, "tcp"));
    let number: u16 = number
        .parse()
        .map_err(|_| Error::usage(format!("port \"{word}\""), "is not a port"))?;
    let mut found = false;
    for port in published(container) {
        if port.inside == number && port.protocol.as_str() == protocol {
            output::line(&port.outside)?;
            found = true;
        }
    }
    // One that does not run publishes nothing, and that is no error: podman-port(1).
    if found || !alive(container) {
        return Ok(());
    }
    let reason = format!("failed to find published port \"{word}\"");
    Err(Error::usage("", reason))
}

fn published(container: &Container) -> Vec<Published> {
    if !alive(container) {
        return Vec::new();
    }
    container
        .record
        .ports
        .iter()
        .flat_map(spelled_out)
        .collect()
}

/// A range as its single ports.
fn spelled_out(mapping: &PortMapping) -> impl Iterator<Item = Published> {
    let ip = match mapping.host_ip {
        None => "0.0.0.0".to_owned(),
        Some(ip) if ip.is_ipv6() => format!("[{ip}]"),
        Some(ip) => ip.to_string(),
    };
    let (outside, inside) = (mapping.host_port, mapping.container_port);
    let protocol = mapping.protocol;
    (0..mapping.range.max(1)).map(move |offset| Published {
        inside: inside.saturating_add(offset),
        protocol,
        outside: format!("{ip}:{}", outside.saturating_add(offset)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::list::sample;

    #[test]
    fn a_range_is_spelled_out() {
        let mut container = sample::running();
        container.record.ports[0].range = 2;
        container.record.ports[0].host_ip = Some("::1".parse().expect("an address"));
        let ports = published(&container);
        assert_eq!(ports[1].inside, 81);
        assert_eq!(ports[1].outside, "[::1]:8081");
        container.status = crate::types::Status::Exited;
        assert!(published(&container).is_empty());
    }
}
