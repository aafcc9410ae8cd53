//! `manifest` and its verbs: lists of images for several platforms.

pub mod add;
pub mod annotate;
pub mod create;
pub mod push;
pub mod show;

use std::collections::BTreeMap;

use clap::{Args, Subcommand};

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::lazy::Lazy;
use crate::cli::names;
use crate::cli::output;
use crate::engine::Engine;
use crate::engine::error::Kind;
use crate::types::escape;

/// The commands after `manifest`.
#[derive(Debug, Subcommand)]
pub enum ManifestVerb {
    /// Add images to a manifest list
    Add(Lazy<add::AddArgs>),
    /// Change what a manifest list says about an image, or about itself
    Annotate(Lazy<annotate::AnnotateArgs>),
    /// Make a manifest list
    Create(Lazy<create::CreateArgs>),
    /// Say by the exit code whether there is a manifest list
    Exists(Lazy<ExistsArgs>),
    /// Show a manifest list, of here or of a registry
    Inspect(Lazy<show::InspectArgs>),
    /// Send a manifest list and its images to a registry
    Push(Lazy<push::PushArgs>),
    /// Take an image out of a manifest list
    Remove(Lazy<RemoveArgs>),
    /// Remove manifest lists, not the images in them
    Rm(Lazy<RmArgs>),
}

impl ManifestVerb {
    pub fn run(&self, engine: &Engine) -> Result<u8, Error> {
        match self {
            Self::Add(args) => add::add(engine, args),
            Self::Annotate(args) => annotate::annotate(engine, args),
            Self::Create(args) => create::create(engine, args),
            Self::Exists(args) => exists(engine, args),
            Self::Inspect(args) => show::inspect(engine, args),
            Self::Push(args) => push::push(engine, args),
            Self::Remove(args) => remove(engine, args),
            Self::Rm(args) => rm(engine, args),
        }
    }
}

/// Say by the exit code whether there is a manifest list
#[derive(Debug, Clone, Args)]
pub struct ExistsArgs {
    /// Name or id of the list
    #[arg(value_name = "LIST", add = crate::cli::complete::images())]
    pub list: String,
}

fn exists(engine: &Engine, args: &ExistsArgs) -> Result<u8, Error> {
    Ok(exit::of_presence(engine.list_exists(&args.list)?))
}

/// Take an image out of a manifest list
#[derive(Debug, Clone, Args)]
pub struct RemoveArgs {
    /// Name or id of the list
    #[arg(value_name = "LIST", add = crate::cli::complete::images())]
    pub list: String,
    /// Digest of the image's manifest
    #[arg(value_name = "DIGEST")]
    pub digest: String,
}

fn remove(engine: &Engine, args: &RemoveArgs) -> Result<u8, Error> {
    let id = engine.remove_from_list(&args.list, &args.digest)?;
    output::line(&id.hex())?;
    Ok(exit::SUCCESS)
}

/// Remove manifest lists, not the images in them
#[derive(Debug, Clone, Args)]
pub struct RmArgs {
    /// Pass over names that no list bears
    #[arg(long, short)]
    pub ignore: bool,
    /// Names or ids of lists
    #[arg(required = true, value_name = "LIST", add = crate::cli::complete::images())]
    pub lists: Vec<String>,
}

fn rm(engine: &Engine, args: &RmArgs) -> Result<u8, Error> {
    names::each(&args.lists, Convention::Removal, |name| {
        let removed = match engine.remove_list(name) {
            Err(error) if error.kind == Kind::NoSuchObject && args.ignore => return Ok(()),
            removed => removed?,
        };
        for name in removed.untagged {
            output::line(&format!("Untagged: {name}"))?;
        }
        for id in removed.deleted {
            output::line(&format!("Deleted: {}", id.hex()))?;
        }
        Ok(())
    })
}

/// Reads `KEY=VALUE` words.
fn annotations(words: &[String]) -> Result<BTreeMap<String, String>, Error> {
    let pair = |word: &String| match word.split_once('=') {
        Some((key, value)) => Ok((key.to_owned(), value.to_owned())),
        None => {
            let shown = escape::quoted(word);
            let why = "to be in key=value format";
            Err(Error::usage(
                "",
                format!("expected --annotation {shown} {why}"),
            ))
        }
    };
    words.iter().map(pair).collect()
}

/// `--insecure` is an older word for `--tls-verify=false`.
fn tls_verify(tls_verify: Option<bool>, insecure: Option<bool>) -> Result<Option<bool>, Error> {
    match (tls_verify, insecure) {
        (Some(_), Some(_)) => Err(Error::usage(
            "",
            "--insecure may not be used with --tls-verify",
        )),
        (verify, None) => Ok(verify),
        (None, Some(insecure)) => Ok(Some(!insecure)),
    }
}

/// An empty word is none.
fn given(word: &Option<String>) -> Option<String> {
    word.clone().filter(|word| !word.is_empty())
}
