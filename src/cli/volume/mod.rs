//! `volume` and its verbs.

pub mod create;
pub mod filter;
pub mod remove;
pub mod show;
pub mod transfer;

use clap::{Args, Subcommand};

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::lazy::Lazy;
use crate::cli::{mount, names, output};
use crate::engine::Engine;

/// The commands after `volume`.
#[derive(Debug, Subcommand)]
pub enum VolumeVerb {
    /// Make a volume
    Create(Lazy<create::CreateArgs>),
    /// Say by the exit code whether there is a volume
    Exists(Lazy<OneArgs>),
    /// Write what is in a volume as a tar
    Export(Lazy<transfer::ExportArgs>),
    /// Unpack a tar into a volume
    Import(Lazy<transfer::ImportArgs>),
    /// Show everything known about volumes
    Inspect(Lazy<show::InspectArgs>),
    /// List volumes
    #[command(visible_alias = "list")]
    Ls(Lazy<show::LsArgs>),
    /// Say where volumes' files are, inside of unshare
    Mount(Lazy<MountArgs>),
    /// Remove the volumes that no container has
    Prune(Lazy<remove::PruneArgs>),
    /// Look for volumes of plugins: there are no plugins
    Reload(Lazy<NoArgs>),
    /// Remove volumes
    #[command(visible_alias = "remove")]
    Rm(Lazy<remove::RmArgs>),
    /// Undo mount, inside of unshare
    #[command(visible_alias = "umount")]
    Unmount(Lazy<UnmountArgs>),
}

impl VolumeVerb {
    pub fn run(&self, engine: &Engine) -> Result<u8, Error> {
        match self {
            Self::Create(args) => create::create(engine, args),
            Self::Exists(args) => exists(engine, args),
            Self::Export(args) => transfer::export(engine, args),
            Self::Import(args) => transfer::import(engine, args),
            Self::Inspect(args) => show::inspect(engine, args),
            Self::Ls(args) => show::ls(engine, args),
            Self::Mount(args) => mount(engine, args),
            Self::Prune(args) => remove::prune(engine, args),
            Self::Reload(_) => Ok(exit::SUCCESS),
            Self::Rm(args) => remove::rm(engine, args),
            Self::Unmount(args) => unmount(engine, args),
        }
    }
}

/// Say by the exit code whether there is a volume
#[derive(Debug, Clone, Args)]
pub struct OneArgs {
    /// Name of the volume
    #[arg(value_name = "VOLUME", add = crate::cli::complete::volumes())]
    pub name: String,
}

/// Say where volumes' files are, inside of unshare
#[derive(Debug, Clone, Args)]
pub struct MountArgs {
    /// Names of volumes
    #[arg(required = true, value_name = "VOLUME", add = crate::cli::complete::volumes())]
    pub names: Vec<String>,
}

/// Undo mount, inside of unshare
#[derive(Debug, Clone, Args)]
pub struct UnmountArgs {
    /// Names of volumes
    #[arg(required = true, value_name = "VOLUME", add = crate::cli::complete::volumes())]
    pub names: Vec<String>,
}

/// Look for volumes of plugins: there are no plugins
#[derive(Debug, Clone, Args)]
pub struct NoArgs {}

fn exists(engine: &Engine, args: &OneArgs) -> Result<u8, Error> {
    exit::of_search(engine.volume(&args.name))
}

fn mount(engine: &Engine, args: &MountArgs) -> Result<u8, Error> {
    mount::places(&args.names, |name| Ok(engine.mount_volume(name)?))
}

fn unmount(engine: &Engine, args: &UnmountArgs) -> Result<u8, Error> {
    names::each(&args.names, Convention::Usual, |name| {
        engine.unmount_volume(name)?;
        output::line(name)
    })
}
