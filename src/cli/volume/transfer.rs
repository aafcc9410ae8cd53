//! `volume export` and `volume import`.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::engine::Engine;

/// Write what is in a volume as a tar
#[derive(Debug, Clone, Args)]
pub struct ExportArgs {
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Name of the volume
    #[arg(value_name = "VOLUME", add = crate::cli::complete::volumes())]
    pub name: String,
}

/// `volume export`
pub fn export(engine: &Engine, args: &ExportArgs) -> Result<u8, Error> {
    if args.output.is_none() && io::stdout().is_terminal() {
        let why = "cannot write to terminal, use command-line redirection or the --output flag";
        return Err(Error::usage("", why));
    }
    engine.export_volume(&args.name, args.output.as_deref())?;
    Ok(exit::SUCCESS)
}

/// Unpack a tar into a volume
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// Name of the volume, which must be there
    #[arg(value_name = "VOLUME", add = crate::cli::complete::volumes())]
    pub name: String,
    /// The archive, plain or compressed; "-" is standard input
    #[arg(value_name = "FILE", default_value = "-", hide_default_value = true,
          value_hint = clap::ValueHint::FilePath)]
    pub source: PathBuf,
}

/// `volume import`
pub fn import(engine: &Engine, args: &ImportArgs) -> Result<u8, Error> {
    if args.source.as_os_str() == "-" {
        engine.import_volume(&args.name, &mut io::stdin().lock())?;
        return Ok(exit::SUCCESS);
    }
    let mut file = File::open(&args.source).map_err(|source| Error::File {
        doing: "opening",
        path: args.source.clone(),
        source,
    })?;
    engine.import_volume(&args.name, &mut file)?;
    Ok(exit::SUCCESS)
}
