//! `network` and its verbs.

pub mod change;
pub mod create;
pub mod filter;
pub mod remove;
pub mod show;

use clap::{Args, Subcommand};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::lazy::Lazy;
use crate::engine::Engine;

/// The commands after `network`.
#[allow(clippy::large_enum_variant, reason = "one at a time, for a moment")]
#[derive(Debug, Subcommand)]
pub enum NetworkVerb {
    /// Put a container on one network more
    Connect(Lazy<change::ConnectArgs>),
    /// Make a network
    Create(Lazy<create::CreateArgs>),
    /// Take a container from a network
    Disconnect(Lazy<change::DisconnectArgs>),
    /// Say by the exit code whether there is a network
    Exists(Lazy<OneArgs>),
    /// Show everything known about networks
    Inspect(Lazy<show::InspectArgs>),
    /// List networks
    #[command(visible_alias = "list")]
    Ls(Lazy<show::LsArgs>),
    /// Remove the networks that no container has
    Prune(Lazy<remove::PruneArgs>),
    /// Make the interfaces and rules of containers on networks anew
    Reload(Lazy<change::ReloadArgs>),
    /// Remove networks
    #[command(visible_alias = "remove")]
    Rm(Lazy<remove::RmArgs>),
    /// Change which servers a network asks for names
    Update(Lazy<change::UpdateArgs>),
}

impl NetworkVerb {
    pub fn run(&self, engine: &Engine) -> Result<u8, Error> {
        match self {
            Self::Connect(args) => change::connect(engine, args),
            Self::Disconnect(args) => change::disconnect(engine, args),
            Self::Reload(args) => change::reload(engine, args),
            Self::Update(args) => change::update(engine, args),
            Self::Create(args) => create::create(engine, args),
            Self::Exists(args) => exists(engine, args),
            Self::Inspect(args) => show::inspect(engine, args),
            Self::Ls(args) => show::ls(engine, args),
            Self::Prune(args) => remove::prune(engine, args),
            Self::Rm(args) => remove::rm(engine, args),
        }
    }
}

/// Say by the exit code whether there is a network
#[derive(Debug, Clone, Args)]
pub struct OneArgs {
    /// Name of the network
    #[arg(value_name = "NETWORK", add = crate::cli::complete::networks())]
    pub name: String,
}

fn exists(engine: &Engine, args: &OneArgs) -> Result<u8, Error> {
    exit::of_search(engine.network(&args.name))
}
