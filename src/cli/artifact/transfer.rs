//! `artifact pull` and `artifact push`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::progress;
use crate::cli::push::write_digest;
use crate::cli::registry::{AccessArgs, RetryArgs};
use crate::cli::signing::SigningArgs;
use crate::engine::Engine;

/// Bring an artifact from a registry
#[derive(Debug, Clone, Args)]
pub struct PullArgs {
    #[command(flatten)]
    pub access: AccessArgs,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
    #[command(flatten)]
    pub retry: RetryArgs,
    /// Whole name of the artifact
    #[arg(value_name = "ARTIFACT", add = crate::cli::complete::artifacts())]
    pub name: String,
}

/// `artifact pull`
pub fn pull(engine: &Engine, args: &PullArgs) -> Result<u8, Error> {
    let access = args.access.access(Some(&args.retry))?;
    let progress = progress::choose(args.quiet);
    engine.pull_artifact(&args.name, &access, progress.as_ref())?;
    Ok(exit::SUCCESS)
}

/// Send an artifact to a registry
#[derive(Debug, Clone, Args)]
pub struct PushArgs {
    #[command(flatten)]
    pub access: AccessArgs,
    /// Write the digest of the manifest to this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub digestfile: Option<PathBuf>,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
    #[command(flatten)]
    pub retry: RetryArgs,
    #[command(flatten)]
    pub signing: SigningArgs,
    /// Whole name of the artifact
    #[arg(value_name = "ARTIFACT", add = crate::cli::complete::artifacts())]
    pub name: String,
}

/// `artifact push`
pub fn push(engine: &Engine, args: &PushArgs) -> Result<u8, Error> {
    let access = args.access.access(Some(&args.retry))?;
    let signing = args.signing.signing()?;
    let progress = progress::choose(args.quiet);
    let pushed = engine.push_artifact(&args.name, &access, &signing, progress.as_ref())?;
    drop(progress);
    write_digest(args.digestfile.as_deref(), &pushed)?;
    Ok(exit::SUCCESS)
}
