//! `pull`, `load` and `save`: images come and go.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::names;
use crate::cli::output::{self, progress};
use crate::cli::registry::{AccessArgs, RetryArgs};
use crate::cli::run::convert;
use crate::cli::run::flags::PlatformArgs;
use crate::engine::{Engine, PullRequest, SaveRequest};
use crate::types::request::PullPolicy;
use crate::types::transport::Form;

/// Bring images from a registry, or from files
#[derive(Debug, Clone, Args)]
pub struct PullArgs {
    /// Bring every tag of the repository
    #[arg(long, short)]
    pub all_tags: bool,
    #[command(flatten)]
    pub platform: PlatformArgs,
    #[command(flatten)]
    pub access: AccessArgs,
    /// Do nothing; Docker has it
    #[arg(long)]
    pub disable_content_trust: bool,
    /// Pull: always, missing, never or newer
    #[arg(long, value_name = "POLICY")]
    pub policy: Option<String>,
    /// Print only the image's id
    #[arg(long, short)]
    pub quiet: bool,
    #[command(flatten)]
    pub retry: RetryArgs,
    /// Names of images in registries, or dir:PATH, oci:PATH[:NAME], oci-archive:PATH[:NAME],
    /// docker-archive:PATH[:NAME]
    #[arg(required = true, value_name = "IMAGE", add = crate::cli::complete::images())]
    pub names: Vec<String>,
}

/// `pull`
pub fn pull(engine: &Engine, args: &PullArgs) -> Result<u8, Error> {
    let policy = match args.policy.as_deref() {
        // `pull` asks the registry even when the image is here: podman-pull(1), "--policy".
        None => PullPolicy::Always,
        word => convert::pull_policy(word)?,
    };
    let request = PullRequest {
        policy,
        platform: convert::platform(&args.platform)?,
        all_tags: args.all_tags,
        access: args.access.access(Some(&args.retry))?,
    };
    names::each(&args.names, Convention::Usual, |name| {
        let progress = progress::choose(args.quiet);
        let pulled = engine.pull(name, &request, progress.as_ref())?;
        drop(progress);
        output::line(&pulled.id.hex())
    })
}

/// Bring images from an archive
#[derive(Debug, Clone, Args)]
pub struct LoadArgs {
    /// Read this archive or directory instead of standard input
    #[arg(long, short, value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    pub input: Option<PathBuf>,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
}

/// `load`
pub fn load(engine: &Engine, args: &LoadArgs) -> Result<u8, Error> {
    let input = args.input.as_deref().filter(|p| p.as_os_str() != "-");
    if input.is_none() && io::stdin().is_terminal() {
        return Err(Error::usage(
            "",
            "cannot read from terminal, use command-line redirection or the --input flag",
        ));
    }
    let progress = progress::choose(args.quiet);
    let names = engine.load(input, progress.as_ref())?;
    drop(progress);
    for name in names {
        output::line(&format!("Loaded image: {name}"))?;
    }
    Ok(exit::SUCCESS)
}

/// Put images into an archive
#[derive(Debug, Clone, Args)]
pub struct SaveArgs {
    /// Compress layers (with --format docker-dir)
    #[arg(long)]
    pub compress: bool,
    /// Write docker-archive, oci-archive, oci-dir or docker-dir
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "docker-archive",
        hide_default_value = true
    )]
    pub format: String,
    /// Leave the layers of the OCI formats as they are
    #[arg(long)]
    pub uncompressed: bool,
    /// Put several images into one docker-archive
    #[arg(long, short)]
    pub multi_image_archive: bool,
    /// Write to this file or directory instead of standard output
    #[arg(long, short, value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    pub output: Option<PathBuf>,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
    /// Names of images
    #[arg(required = true, value_name = "IMAGE", add = crate::cli::complete::images())]
    pub names: Vec<String>,
}

/// `save`
pub fn save(engine: &Engine, args: &SaveArgs) -> Result<u8, Error> {
    let format = match args.format.as_str() {
        "docker-archive" => Form::DockerArchive,
        "oci-archive" => Form::OciArchive,
        "oci-dir" => Form::Oci,
        "docker-dir" => Form::Directory,
        other => {
            return Err(Error::usage(
                format!("--format \"{other}\""),
                "is none of docker-archive, oci-archive, oci-dir and docker-dir",
            ));
        }
    };
    if args.multi_image_archive && format != Form::DockerArchive {
        return Err(Error::usage(
            "--multi-image-archive",
            "needs --format docker-archive",
        ));
    }
    if args.compress && format != Form::Directory {
        return Err(Error::usage("--compress", "needs --format docker-dir"));
    }
    let to_directory = matches!(format, Form::Oci | Form::Directory);
    if args.output.is_none() && to_directory {
        return Err(Error::usage("--format", "a directory needs --output"));
    }
    if args.output.is_none() && io::stdout().is_terminal() {
        return Err(Error::usage("", "an archive does not go to a terminal")
            .hint("coracle save -o FILE IMAGE"));
    }
    let request = SaveRequest {
        names: args.names.clone(),
        format,
        output: args.output.clone(),
        multi: args.multi_image_archive,
        // podman-save(1): the OCI formats compress unless told not to.
        compress: match format {
            Form::OciArchive | Form::Oci => !args.uncompressed,
            _ => args.compress,
        },
    };
    let progress = progress::choose(args.quiet);
    engine.save(&request, progress.as_ref())?;
    Ok(exit::SUCCESS)
}
