//! `network rm` and `network prune`.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::names;
use crate::cli::network::filter::Filter;
use crate::cli::output;
use crate::cli::prune::confirmed;
use crate::cli::words::filter::split;
use crate::engine::Engine;
use crate::types::network::DEFAULT;

/// Remove networks
#[derive(Debug, Clone, Args)]
pub struct RmArgs {
    /// Remove the containers on a network, too
    #[arg(long, short)]
    pub force: bool,
    /// Seconds a container gets to end with --force, before it is killed; -1 waits for ever
    #[arg(long, short, value_name = "SECONDS", allow_negative_numbers = true)]
    pub time: Option<i64>,
    /// Names or ids of networks
    #[arg(required = true, value_name = "NETWORK", add = crate::cli::complete::networks())]
    pub names: Vec<String>,
}

/// `network rm`
pub fn rm(engine: &Engine, args: &RmArgs) -> Result<u8, Error> {
    if args.time.is_some() && !args.force {
        return Err(Error::usage("--time", "has no meaning without --force"));
    }
    // As long as anybody will wait.
    let time = args
        .time
        .map(|time| u32::try_from(time).unwrap_or(u32::MAX));
    names::each(&args.names, Convention::Removal, |name| {
        match engine
            .remove_network(name, args.force, time)
            .map_err(Error::from)
        {
            Ok(name) => output::line(&name),
            Err(error) if args.force && names::forgiven(&error) => Ok(()),
            Err(error) => Err(error),
        }
    })
}

/// Remove the networks that no container has
#[derive(Debug, Clone, Args)]
pub struct PruneArgs {
    /// Remove only networks that match: label, label!, until =VALUE
    #[arg(long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Do not ask
    #[arg(long, short)]
    pub force: bool,
}

/// `network prune`
pub fn prune(engine: &Engine, args: &PruneArgs) -> Result<u8, Error> {
    for word in &args.filter {
        let (key, _) = split(word)?;
        if !matches!(key, "label" | "label!" | "until") {
            return Err(Error::usage("", format!("invalid filter {key:?}")));
        }
    }
    let filter = Filter::parse(&args.filter)?;
    let what = "This will remove all networks not used by at least one container.";
    if !args.force && !confirmed(what)? {
        return Ok(exit::SUCCESS);
    }
    for name in remove_unused(engine, &filter)? {
        output::line(&name)?;
    }
    Ok(exit::SUCCESS)
}

/// Removes the networks that pass and that no container has; returns their names.
pub fn remove_unused(engine: &Engine, filter: &Filter) -> Result<Vec<String>, Error> {
    let mut removed = Vec::new();
    for network in engine.networks()? {
        let kept = network.name == DEFAULT || !engine.containers_on(&network.name)?.is_empty();
        if !kept && filter.passes(engine, &network) {
            removed.push(engine.remove_network(&network.name, false, None)?);
        }
    }
    Ok(removed)
}
