//! `network create`.

use std::collections::BTreeMap;
use std::net::IpAddr;

use clap::Args;
use ipnet::IpNet;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output;
use crate::cli::run::env;
use crate::engine::{Engine, NetworkRequest};
use crate::types::ContainerName;
use crate::types::network::{LeaseRange, Route};

/// Make a network
#[derive(Debug, Clone, Args)]
pub struct CreateArgs {
    /// Containers do not find one another by name
    #[arg(long)]
    pub disable_dns: bool,
    /// Ask this server for names that no container has
    #[arg(long, value_name = "ADDRESS", value_delimiter = ',')]
    pub dns: Vec<IpAddr>,
    /// What the network is: bridge, there is no other
    #[arg(
        long,
        short,
        value_name = "DRIVER",
        default_value = "bridge",
        hide_default_value = true
    )]
    pub driver: String,
    /// The address under which containers leave the subnet, one for each --subnet
    #[arg(long, value_name = "ADDRESS")]
    pub gateway: Vec<IpAddr>,
    /// A network of this name that is there already is as good
    #[arg(long)]
    pub ignore: bool,
    /// Name the bridge itself
    #[arg(long, value_name = "NAME")]
    pub interface_name: Option<String>,
    /// Reach nothing outside the network
    #[arg(long)]
    pub internal: bool,
    /// Give containers addresses of this part of the subnet (CIDR, or FIRST-LAST)
    #[arg(long, value_name = "RANGE", value_parser = range)]
    pub ip_range: Vec<LeaseRange>,
    /// Who gives out addresses: host-local, there is no other
    #[arg(long, value_name = "DRIVER")]
    pub ipam_driver: Option<String>,
    /// Give the network IPv6, too
    #[arg(long)]
    pub ipv6: bool,
    /// Set a label (KEY=VALUE)
    #[arg(long, value_name = "LABEL")]
    pub label: Vec<String>,
    /// Set an option of the bridge: mtu, isolate, metric or vlan
    #[arg(long, short, value_name = "KEY=VALUE")]
    pub opt: Vec<String>,
    /// Add a route to each container (DESTINATION,GATEWAY[,METRIC])
    #[arg(long, value_name = "ROUTE", value_parser = route)]
    pub route: Vec<Route>,
    /// Use the addresses of this subnet (CIDR)
    #[arg(long, value_name = "CIDR")]
    pub subnet: Vec<IpNet>,
    /// Name of the network; the next free one when none is given
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

/// Parses a CIDR or `FIRST-LAST`.
fn range(text: &str) -> Result<LeaseRange, String> {
    let bad = |_| "is neither a subnet nor FIRST-LAST".to_owned();
    if let Some((first, last)) = text.split_once('-') {
        let range = LeaseRange {
            start_ip: first.trim().parse().map_err(bad)?,
            end_ip: last.trim().parse().map_err(bad)?,
        };
        return match range.start_ip <= range.end_ip {
            true => Ok(range),
            false => Err("ends before it begins".to_owned()),
        };
    }
    let net: IpNet = text
        .parse()
        .map_err(|_| "is neither a subnet nor FIRST-LAST".to_owned())?;
    let mut hosts = net.hosts();
    let start_ip = hosts.next().unwrap_or(net.addr());
    let end_ip = match net {
        IpNet::V4(net) if net.prefix_len() < 31 => {
            IpAddr::V4((u32::from(net.broadcast()) - 1).into())
        }
        net => net.broadcast(),
    };
    Ok(LeaseRange { start_ip, end_ip })
}

/// Parses `DESTINATION,GATEWAY[,METRIC]`.
fn route(text: &str) -> Result<Route, String> {
    let bad = "is not of the form DESTINATION,GATEWAY[,METRIC]";
    let words: Vec<&str> = text.split(',').collect();
    let (destination, gateway, metric) = match words[..] {
        [destination, gateway] => (destination, gateway, None),
        [destination, gateway, metric] => (destination, gateway, Some(metric)),
        _ => return Err(bad.to_owned()),
    };
    Ok(Route {
        destination: destination.parse().map_err(|_| bad.to_owned())?,
        gateway: gateway.parse().map_err(|_| bad.to_owned())?,
        metric: metric
            .map(str::parse)
            .transpose()
            .map_err(|_| bad.to_owned())?,
    })
}

/// `network create`
pub fn create(engine: &Engine, args: &CreateArgs) -> Result<u8, Error> {
    if args.driver != "bridge" {
        let why = "there is only bridge: macvlan and ipvlan need rights over the host's interfaces";
        return Err(Error::usage(format!("--driver {:?}", args.driver), why));
    }
    match args.ipam_driver.as_deref() {
        None | Some("" | "host-local") => {}
        Some(other) => {
            let why = "there is only host-local";
            return Err(Error::usage(format!("--ipam-driver {other:?}"), why));
        }
    }
    let name = args.name.as_deref().map(ContainerName::parse).transpose();
    let name = name.map_err(|why| Error::usage("network name", why.to_string()))?;
    if let Some(name) = &name
        && [
            "none",
            "host",
            "bridge",
            "default",
            "private",
            "pasta",
            "slirp4netns",
            "container",
            "ns",
        ]
        .contains(&name.as_str())
    {
        let why = format!("network name {name} is reserved for a network mode");
        return Err(Error::usage("", why));
    }
    let request = NetworkRequest {
        name,
        subnets: args.subnet.clone(),
        gateways: args.gateway.clone(),
        ranges: args.ip_range.clone(),
        ipv6: args.ipv6,
        internal: args.internal,
        dns: !args.disable_dns,
        dns_servers: args.dns.clone(),
        labels: env::labels("--label", &args.label, &[])?,
        options: options(&args.opt)?,
        routes: args.route.clone(),
        interface: args.interface_name.clone(),
        ignore: args.ignore,
    };
    output::line(&engine.create_network(&request)?)?;
    Ok(exit::SUCCESS)
}

/// Reads `--opt` words: podman-network-create(1), "--opt", of a bridge.
fn options(words: &[String]) -> Result<BTreeMap<String, String>, Error> {
    let mut options = BTreeMap::new();
    for word in words {
        let (key, value) = word.split_once('=').unwrap_or((word, ""));
        let number = value.parse::<u32>().ok();
        let key = key
            .strip_prefix("com.docker.network.driver.")
            .unwrap_or(key);
        let good = match key {
            "mtu" => number.is_some_and(|mtu| (68..=65535).contains(&mtu)),
            "metric" => number.is_some(),
            "vlan" => number.is_some_and(|id| (1..=4094).contains(&id)),
            "isolate" => matches!(value, "true" | "false" | "strict"),
            "egress" => {
                let why = "is kept on pasta and slirp4netns networks only, not on bridges yet";
                return Err(Error::usage(format!("--opt {key}"), why));
            }
            _ => {
                let why = "unsupported bridge network option; known are mtu, isolate, metric, vlan";
                return Err(Error::usage(format!("--opt {key}"), why));
            }
        };
        if !good {
            return Err(Error::usage(format!("--opt {word}"), "has no such value"));
        }
        options.insert(key.to_owned(), value.to_owned());
    }
    Ok(options)
}
