//! `system migrate` and `system renumber`: what other engines must do after an upgrade.
//!
//! Records are read whatever version wrote them, and locks are files: but for another runtime,
//! there is nothing to do.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::engine::Engine;

/// Give containers another runtime; there is nothing else to migrate
#[derive(Debug, Clone, Args)]
pub struct MigrateArgs {
    /// Have this OCI runtime start all containers from now on
    #[arg(long, value_name = "RUNTIME")]
    pub new_runtime: Option<String>,
    /// Bring an old database into a new form (there is none)
    #[arg(long)]
    pub migrate_db: bool,
}

/// `system migrate`
pub fn migrate(engine: &Engine, args: &MigrateArgs) -> Result<u8, Error> {
    if let Some(runtime) = &args.new_runtime {
        engine.change_runtime(runtime)?;
    }
    Ok(exit::SUCCESS)
}

/// Renumber locks: there are none with numbers, so nothing is done
#[derive(Debug, Clone, Args)]
pub struct RenumberArgs {}
