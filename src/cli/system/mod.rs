//! `system` and its verbs.

pub mod check;
pub mod df;
pub mod prune;
pub mod reset;
pub mod settle;

use clap::Subcommand;

use crate::cli::error::Error;
use crate::cli::events;
use crate::cli::info;
use crate::cli::lazy::Lazy;
use crate::engine::Engine;

/// The commands after `system`.
#[derive(Debug, Subcommand)]
pub enum SystemVerb {
    /// See that everything in the store is as it should be
    Check(Lazy<check::CheckArgs>),
    /// Show what images, containers and volumes take on the disk
    Df(Lazy<df::DfArgs>),
    /// Show what happens to containers, images and volumes
    Events(Lazy<events::EventsArgs>),
    /// Show what this machine offers to containers
    Info(Lazy<info::InfoArgs>),
    /// Give containers another runtime; there is nothing else to migrate
    Migrate(Lazy<settle::MigrateArgs>),
    /// Remove what nobody uses
    Prune(Lazy<prune::PruneArgs>),
    /// Renumber locks: there are none with numbers, so nothing is done
    Renumber(Lazy<settle::RenumberArgs>),
    /// Remove all containers, images and volumes, and the store itself
    Reset(Lazy<reset::ResetArgs>),
}

impl SystemVerb {
    pub fn run(&self, engine: &Engine) -> Result<u8, Error> {
        match self {
            Self::Check(args) => check::check(engine, args),
            Self::Df(args) => df::df(engine, args),
            Self::Events(args) => events::events(engine, args),
            Self::Info(args) => info::info(engine, args),
            Self::Migrate(args) => settle::migrate(engine, args),
            Self::Prune(args) => prune::prune(engine, args),
            Self::Renumber(_) => Ok(crate::cli::exit::SUCCESS),
            Self::Reset(args) => reset::reset(engine, args),
        }
    }
}
