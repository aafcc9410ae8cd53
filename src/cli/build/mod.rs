//! `build`: an image from a Containerfile.

pub mod args;
pub mod convert;
pub mod file;
pub mod show;

pub use args::BuildArgs;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, progress};
use crate::engine::Engine;

use clap::{Args, Subcommand};

/// The version of Buildah whose words and images ours are like; scripts ask for it.
pub const LIKE_BUILDAH: &str = "1.41.5";

/// The commands after `buildx`.
#[allow(clippy::large_enum_variant, reason = "one at a time, for a moment")]
#[derive(Debug, Subcommand)]
pub enum BuildxVerb {
    /// Build an image
    #[command(visible_alias = "b")]
    Build(crate::cli::lazy::Lazy<BuildArgs>),
    /// Show which version of Buildah the builder is like
    Version(crate::cli::lazy::Lazy<VersionArgs>),
}

/// The commands after `builder`.
#[allow(clippy::large_enum_variant, reason = "one at a time, for a moment")]
#[derive(Debug, Subcommand)]
pub enum BuilderVerb {
    /// Build an image
    Build(crate::cli::lazy::Lazy<BuildArgs>),
    /// Forget what steps of builds gave, and what they keep in caches
    Prune(crate::cli::lazy::Lazy<PruneArgs>),
}

/// Show which version of Buildah the builder is like
#[derive(Debug, Clone, Args)]
pub struct VersionArgs {}

/// Forget what steps of builds gave, and what they keep in caches
#[derive(Debug, Clone, Args)]
pub struct PruneArgs {
    /// Do nothing more; Docker has it
    #[arg(long, short)]
    pub all: bool,
    /// Do not ask
    #[arg(long, short)]
    pub force: bool,
}

impl BuildxVerb {
    pub fn run(&self, engine: &Engine) -> Result<u8, Error> {
        match self {
            Self::Build(args) => build(engine, args),
            Self::Version(_) => {
                output::line(&format!("buildah {LIKE_BUILDAH}"))?;
                Ok(exit::SUCCESS)
            }
        }
    }
}

impl BuilderVerb {
    pub fn run(&self, engine: &Engine) -> Result<u8, Error> {
        match self {
            Self::Build(args) => build(engine, args),
            Self::Prune(_) => {
                engine.prune_builds()?;
                Ok(exit::SUCCESS)
            }
        }
    }
}

/// `build`
pub fn build(engine: &Engine, args: &BuildArgs) -> Result<u8, Error> {
    let request = convert::request(args, &engine.settings)?;
    if let Some(path) = &args.logfile {
        show::into_file(path)?;
    }
    let quiet = request.quiet;
    let progress = progress::choose(quiet);
    let narrator = show::Lines {
        quiet,
        layers: !matches!(request.cache, crate::engine::Cache::Off),
    };
    let id = engine.build(&request, &narrator, progress.as_ref())?;
    drop(progress);
    if let Some(path) = &args.iidfile {
        std::fs::write(path, id.to_string()).map_err(|source| Error::File {
            doing: "writing",
            path: path.clone(),
            source,
        })?;
    }
    output::line(&id.hex())?;
    Ok(exit::SUCCESS)
}
