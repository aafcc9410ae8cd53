//! `secret` and its verbs.

pub mod create;
pub mod show;

use clap::{Args, Subcommand};

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::lazy::Lazy;
use crate::cli::names;
use crate::cli::output;
use crate::engine::Engine;
use crate::engine::error::Kind;

/// The commands after `secret`.
#[derive(Debug, Subcommand)]
pub enum SecretVerb {
    /// Keep a secret
    Create(Lazy<create::CreateArgs>),
    /// Say by the exit code whether there is a secret
    Exists(Lazy<ExistsArgs>),
    /// Show what is known of secrets
    Inspect(Lazy<show::InspectArgs>),
    /// List secrets
    #[command(visible_alias = "list")]
    Ls(Lazy<show::LsArgs>),
    /// Remove secrets
    Rm(Lazy<RmArgs>),
}

impl SecretVerb {
    pub fn run(&self, engine: &Engine) -> Result<u8, Error> {
        match self {
            Self::Create(args) => create::create(engine, args),
            Self::Exists(args) => exists(engine, args),
            Self::Inspect(args) => show::inspect(engine, args),
            Self::Ls(args) => show::ls(engine, args),
            Self::Rm(args) => rm(engine, args),
        }
    }
}

/// Say by the exit code whether there is a secret
#[derive(Debug, Clone, Args)]
pub struct ExistsArgs {
    /// Name or id of the secret
    #[arg(value_name = "SECRET", add = crate::cli::complete::secrets())]
    pub name: String,
}

fn exists(engine: &Engine, args: &ExistsArgs) -> Result<u8, Error> {
    Ok(exit::of_presence(engine.has_secret(&args.name)?))
}

/// Remove secrets
#[derive(Debug, Clone, Args)]
pub struct RmArgs {
    /// Remove all secrets
    #[arg(long, short)]
    pub all: bool,
    /// Those that are not there are no error
    #[arg(long, short)]
    pub ignore: bool,
    /// Names or ids of secrets
    #[arg(value_name = "SECRET", add = crate::cli::complete::secrets())]
    pub names: Vec<String>,
}

fn rm(engine: &Engine, args: &RmArgs) -> Result<u8, Error> {
    if args.all != args.names.is_empty() {
        return Err(Error::usage(
            "",
            "`secret rm` requires one argument, or the --all flag",
        ));
    }
    let words = match args.all {
        true => engine.secrets()?.into_iter().map(|one| one.id).collect(),
        false => args.names.clone(),
    };
    names::each(&words, Convention::Usual, |word| {
        match engine.remove_secret(word) {
            Ok(id) => output::line(&id),
            Err(error) if args.ignore && error.kind == Kind::NoSuchObject => Ok(()),
            Err(error) => Err(error.into()),
        }
    })
}
