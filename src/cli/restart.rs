//! `restart` and `init`.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::Convention;
use crate::cli::lifecycle::{alive, seconds};
use crate::cli::names::{self, Missing, Named, Selected};
use crate::cli::output;
use crate::engine::{Container, Engine};
use crate::types::Status;

/// Stop containers and start them again; those that do not run are started
#[derive(Debug, Clone, Args)]
pub struct RestartArgs {
    /// Restart only containers that match
    #[arg(long, short, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Restart only containers that run
    #[arg(long)]
    pub running: bool,
    /// Wait so many seconds before SIGKILL; -1 waits without end
    #[arg(long, short, visible_alias = "timeout", value_name = "SECONDS",
          value_parser = seconds, allow_hyphen_values = true)]
    pub time: Option<u32>,
    #[command(flatten)]
    pub selected: Selected,
}

/// `restart`
pub fn restart(engine: &Engine, args: &RestartArgs) -> Result<u8, Error> {
    let wanted = |c: &Container| !args.running || alive(c);
    let mut selected = args.selected.clone();
    let named = !selected.named.names.is_empty() || selected.named.latest;
    // `--running` alone means all of them.
    selected.all |= args.running && !named && selected.cidfile.is_empty();
    let names = selected.resolve(engine, &args.filter, Missing::Refused, wanted)?;
    names::each(&names, Convention::Usual, |name| {
        if args.running && !wanted(&engine.container(name)?) {
            return Ok(());
        }
        engine.restart(name, args.time)?;
        output::line(name)
    })
}

/// Prepare containers completely, so that the next start has only to let go
#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// Prepare every container that was created or has ended
    #[arg(long, short)]
    pub all: bool,
    #[command(flatten)]
    pub named: Named,
}

/// `init`
pub fn init(engine: &Engine, args: &InitArgs) -> Result<u8, Error> {
    let selected = Selected {
        all: args.all,
        cidfile: Vec::new(),
        named: args.named.clone(),
    };
    let idle = |c: &Container| matches!(c.status, Status::Created | Status::Exited);
    let names = selected.resolve(engine, &[], Missing::Refused, idle)?;
    names::each(&names, Convention::Usual, |name| {
        engine.init(name)?;
        output::line(name)
    })
}
