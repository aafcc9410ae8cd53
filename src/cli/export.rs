//! `export`: a container's tree as a tar.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::engine::Engine;

/// Write the tree of a container as a tar
#[derive(Debug, Clone, Args)]
pub struct ExportArgs {
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Name or id of the container
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub name: String,
}

/// `export`
pub fn export(engine: &Engine, args: &ExportArgs) -> Result<u8, Error> {
    if args.output.is_none() && io::stdout().is_terminal() {
        return Err(Error::usage("", "an archive does not go to a terminal")
            .hint("coracle export -o FILE CONTAINER"));
    }
    engine.export(&args.name, args.output.as_deref())?;
    Ok(exit::SUCCESS)
}
