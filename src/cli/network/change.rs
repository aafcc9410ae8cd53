//! `network connect`, `disconnect`, `reload` and `update`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::names;
use crate::cli::output;
use crate::cli::run::network::mac;
use crate::engine::{Engine, Insist};
use crate::types::network::Attachment;

/// Put a container on one network more
#[derive(Debug, Clone, Args)]
pub struct ConnectArgs {
    /// Give the container another name on this network
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub alias: Vec<String>,
    /// Give the container this IPv4 address
    #[arg(long, value_name = "ADDRESS")]
    pub ip: Option<Ipv4Addr>,
    /// Give the container this IPv6 address
    #[arg(long, value_name = "ADDRESS")]
    pub ip6: Option<Ipv6Addr>,
    /// Give the interface this hardware address
    #[arg(long, value_name = "MAC", value_parser = mac)]
    pub mac_address: Option<String>,
    /// Name or id of the network
    #[arg(value_name = "NETWORK", add = crate::cli::complete::networks())]
    pub network: String,
    /// Name or id of the container
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub container: String,
}

/// `network connect`
pub fn connect(engine: &Engine, args: &ConnectArgs) -> Result<u8, Error> {
    let ips = args.ip.map(IpAddr::V4).into_iter();
    let wish = Attachment {
        ips: ips.chain(args.ip6.map(IpAddr::V6)).collect(),
        mac: args.mac_address.clone(),
        aliases: args.alias.clone(),
        ..Attachment::default()
    };
    engine.connect_network(&args.network, &args.container, &wish)?;
    Ok(exit::SUCCESS)
}

/// Take a container from a network
#[derive(Debug, Clone, Args)]
pub struct DisconnectArgs {
    /// Take it off even when the interface cannot be removed
    #[arg(long, short)]
    pub force: bool,
    /// Name or id of the network
    #[arg(value_name = "NETWORK", add = crate::cli::complete::networks())]
    pub network: String,
    /// Name or id of the container
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub container: String,
}

/// `network disconnect`
pub fn disconnect(engine: &Engine, args: &DisconnectArgs) -> Result<u8, Error> {
    let insist = match args.force {
        true => Insist::Yes,
        false => Insist::No,
    };
    engine.disconnect_network(&args.network, &args.container, insist)?;
    Ok(exit::SUCCESS)
}

/// Make the interfaces and rules of containers on networks anew
#[derive(Debug, Clone, Args)]
pub struct ReloadArgs {
    /// Act on all containers that run on a network
    #[arg(long, short)]
    pub all: bool,
    #[command(flatten)]
    pub named: names::Named,
}

/// `network reload`
pub fn reload(engine: &Engine, args: &ReloadArgs) -> Result<u8, Error> {
    let named = args.named.latest || !args.named.names.is_empty();
    let containers = match (args.all, named) {
        (true, true) => {
            let why = "cannot be used together with names of containers";
            return Err(Error::usage("--all", why));
        }
        (true, false) => engine.reloadable()?,
        (false, _) => args.named.resolve(engine)?,
    };
    names::each(&containers, Convention::Usual, |name| {
        output::line(engine.reload_network(name)?.as_str())
    })
}

/// Change which servers a network asks for names
#[derive(Debug, Clone, Args)]
pub struct UpdateArgs {
    /// Ask this server for names that no container has
    #[arg(long, value_name = "ADDRESS", value_delimiter = ',')]
    pub dns_add: Vec<IpAddr>,
    /// Ask this server no more
    #[arg(long, value_name = "ADDRESS", value_delimiter = ',')]
    pub dns_drop: Vec<IpAddr>,
    /// Name or id of the network
    #[arg(value_name = "NETWORK", add = crate::cli::complete::networks())]
    pub network: String,
}

/// `network update`
pub fn update(engine: &Engine, args: &UpdateArgs) -> Result<u8, Error> {
    let name = engine.update_network(&args.network, &args.dns_add, &args.dns_drop)?;
    output::line(&name)?;
    Ok(exit::SUCCESS)
}
