//! `system reset`: all of it goes.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output;
use crate::cli::prune::confirmed;
use crate::engine::Engine;

/// Remove all containers, images and volumes, and the store itself
#[derive(Debug, Clone, Args)]
pub struct ResetArgs {
    /// Do not ask
    #[arg(long, short)]
    pub force: bool,
}

/// `system reset`
pub fn reset(engine: &Engine, args: &ResetArgs) -> Result<u8, Error> {
    let root = engine.settings.root.display();
    let question = format!(
        "This will remove:\n\t- all containers\n\t- all images\n\t- all volumes\n\t- the store: \
         {root}\n"
    );
    if !args.force && !confirmed(&question)? {
        return Ok(exit::SUCCESS);
    }
    let Some(kept) = engine.reset()? else {
        output::warn(&format!("there is no store in {root}: nothing was removed"));
        return Ok(exit::SUCCESS);
    };
    for path in &kept {
        let path = path.display();
        output::warn(&format!(
            "{path} is not coracle's: it stays, and so does the empty store"
        ));
    }
    Ok(exit::SUCCESS)
}
