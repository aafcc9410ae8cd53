//! `healthcheck run`: one look at a container's health, now.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output;
use crate::engine::Engine;

/// Run the health check of a container
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// End with 0 whatever the check finds
    #[arg(long)]
    pub ignore_result: bool,
    /// Name or id of the container
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub name: String,
}

/// `healthcheck run`
pub fn run(engine: &Engine, args: &RunArgs) -> Result<u8, Error> {
    let outcome = engine.check_health(&args.name)?;
    if outcome.status == "healthy" {
        return Ok(exit::SUCCESS);
    }
    output::line(outcome.status)?;
    Ok(match args.ignore_result {
        true => exit::SUCCESS,
        false => exit::UNHEALTHY,
    })
}
