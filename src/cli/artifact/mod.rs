//! `artifact` and its verbs.

pub mod show;
pub mod transfer;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::lazy::Lazy;
use crate::cli::names;
use crate::cli::output;
use crate::engine::error::Kind;
use crate::engine::{Adding, ArtifactPart, ArtifactRequest, Engine};
use crate::types::escape;

/// The commands after `artifact`.
#[derive(Debug, Subcommand)]
pub enum ArtifactVerb {
    /// Keep files as an artifact
    Add(Lazy<AddArgs>),
    /// Write the files of an artifact into a directory
    Extract(Lazy<ExtractArgs>),
    /// Show everything known about an artifact
    Inspect(Lazy<show::InspectArgs>),
    /// List artifacts
    #[command(visible_alias = "list")]
    Ls(Lazy<show::LsArgs>),
    /// Bring an artifact from a registry
    Pull(Lazy<transfer::PullArgs>),
    /// Send an artifact to a registry
    Push(Lazy<transfer::PushArgs>),
    /// Remove artifacts
    #[command(visible_alias = "remove")]
    Rm(Lazy<RmArgs>),
}

impl ArtifactVerb {
    pub fn run(&self, engine: &Engine) -> Result<u8, Error> {
        match self {
            Self::Add(args) => add(engine, args),
            Self::Extract(args) => extract(engine, args),
            Self::Inspect(args) => show::inspect(engine, args),
            Self::Ls(args) => show::ls(engine, args),
            Self::Pull(args) => transfer::pull(engine, args),
            Self::Push(args) => transfer::push(engine, args),
            Self::Rm(args) => rm(engine, args),
        }
    }
}

/// Keep files as an artifact
#[derive(Debug, Clone, Args)]
pub struct AddArgs {
    /// Annotate the files (KEY=VALUE)
    #[arg(long, value_name = "ANNOTATION")]
    pub annotation: Vec<String>,
    /// Add the files to an artifact that exists
    #[arg(long, short)]
    pub append: bool,
    /// Give the files this media type, instead of looking at them
    #[arg(long, value_name = "TYPE")]
    pub file_type: Option<String>,
    /// Replace an artifact of this name
    #[arg(long)]
    pub replace: bool,
    /// Give the artifact this type
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// Whole name of the artifact
    #[arg(value_name = "ARTIFACT", add = crate::cli::complete::artifacts())]
    pub name: String,
    /// Files to keep
    #[arg(required = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub files: Vec<PathBuf>,
}

/// `artifact add`
fn add(engine: &Engine, args: &AddArgs) -> Result<u8, Error> {
    let how = match (args.append, args.replace) {
        (true, true) => {
            let why = "--append and --replace options cannot be used together";
            return Err(Error::usage("", why));
        }
        (true, false) => Adding::Append,
        (false, true) => Adding::Replace,
        (false, false) => Adding::New,
    };
    let digest = engine.add_artifact(&ArtifactRequest {
        name: args.name.clone(),
        files: args.files.clone(),
        how,
        annotations: annotations(&args.annotation)?,
        artifact_type: args.kind.clone().filter(|kind| !kind.is_empty()),
        file_type: args.file_type.clone().filter(|kind| !kind.is_empty()),
    })?;
    output::line(&digest.hex())?;
    Ok(exit::SUCCESS)
}

fn annotations(words: &[String]) -> Result<BTreeMap<String, String>, Error> {
    let mut found = BTreeMap::new();
    for word in words {
        let Some((key, value)) = word.split_once('=') else {
            let shown = escape::quoted(word);
            let why = format!("no value given for annotation {shown}");
            return Err(Error::usage("", why));
        };
        found.insert(key.to_owned(), value.to_owned());
    }
    Ok(found)
}

/// Write the files of an artifact into a directory
#[derive(Debug, Clone, Args)]
pub struct ExtractArgs {
    /// Only the file with this digest
    #[arg(long, value_name = "DIGEST")]
    pub digest: Option<String>,
    /// Only the file with this title
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// Whole name of the artifact, or the beginning of its digest
    #[arg(value_name = "ARTIFACT", add = crate::cli::complete::artifacts())]
    pub name: String,
    /// A directory; or a file, for one that is chosen or the only one
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    pub path: PathBuf,
}

/// `artifact extract`
fn extract(engine: &Engine, args: &ExtractArgs) -> Result<u8, Error> {
    let part = match (&args.digest, &args.title) {
        (Some(_), Some(_)) => {
            return Err(Error::usage("", "cannot specify both digest and title"));
        }
        (Some(digest), None) => ArtifactPart::Digest(digest.clone()),
        (None, Some(title)) => ArtifactPart::Title(title.clone()),
        (None, None) => ArtifactPart::All,
    };
    engine.extract_artifact(&args.name, &args.path, &part)?;
    Ok(exit::SUCCESS)
}

/// Remove artifacts
#[derive(Debug, Clone, Args)]
pub struct RmArgs {
    /// Remove all artifacts
    #[arg(long, short)]
    pub all: bool,
    /// Do not complain about an artifact that does not exist
    #[arg(long, short)]
    pub ignore: bool,
    /// Whole names of artifacts, or beginnings of their digests
    #[arg(value_name = "ARTIFACT", add = crate::cli::complete::artifacts())]
    pub names: Vec<String>,
}

/// `artifact rm`
fn rm(engine: &Engine, args: &RmArgs) -> Result<u8, Error> {
    let found = match (args.all, args.names.is_empty()) {
        (true, false) => {
            let why = "when using the --all switch, you may not pass any artifact names or digests";
            return Err(Error::usage("", why));
        }
        (false, true) => {
            let why = "at least one artifact name or digest must be specified";
            return Err(Error::usage("", why));
        }
        (true, true) => engine.artifacts()?.into_iter().map(|it| it.name).collect(),
        (false, false) => args.names.clone(),
    };
    names::each(&found, Convention::Usual, |name| {
        match engine.remove_artifact(name) {
            Ok(digest) => output::line(&digest.hex()),
            Err(error) if args.ignore && error.kind == Kind::NoSuchObject => Ok(()),
            Err(error) => Err(error.into()),
        }
    })
}
