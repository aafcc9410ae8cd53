//! `rename`

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::engine::Engine;

/// Give a container another name
#[derive(Debug, Clone, Args)]
pub struct RenameArgs {
    /// Name or id of the container
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub container: String,
    /// Its new name
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// `rename`
pub fn rename(engine: &Engine, args: &RenameArgs) -> Result<u8, Error> {
    engine.rename(&args.container, &args.name)?;
    Ok(exit::SUCCESS)
}
