//! `pause` and `unpause`.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::Convention;
use crate::cli::names::{self, Missing, Selected};
use crate::cli::output;
use crate::engine::Engine;
use crate::types::Status;

/// Stop the processes of running containers where they are
#[derive(Debug, Clone, Args)]
pub struct PauseArgs {
    /// Pause only containers that match
    #[arg(long, short, value_name = "FILTER")]
    pub filter: Vec<String>,
    #[command(flatten)]
    pub selected: Selected,
}

/// Let paused containers go on
#[derive(Debug, Clone, Args)]
pub struct UnpauseArgs {
    /// Let only containers go on that match
    #[arg(long, short, value_name = "FILTER")]
    pub filter: Vec<String>,
    #[command(flatten)]
    pub selected: Selected,
}

/// `pause`
pub fn pause(engine: &Engine, args: &PauseArgs) -> Result<u8, Error> {
    let names = args
        .selected
        .resolve(engine, &args.filter, Missing::Refused, |container| {
            container.status == Status::Running
        })?;
    names::each(&names, Convention::Usual, |name| {
        engine.pause(name)?;
        output::line(name)
    })
}

/// `unpause`
pub fn unpause(engine: &Engine, args: &UnpauseArgs) -> Result<u8, Error> {
    let names = args
        .selected
        .resolve(engine, &args.filter, Missing::Refused, |container| {
            container.status == Status::Paused
        })?;
    names::each(&names, Convention::Usual, |name| {
        engine.unpause(name)?;
        output::line(name)
    })
}
