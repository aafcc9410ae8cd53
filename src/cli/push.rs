//! `push`: images go to a registry, or into files by their transport.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::progress;
use crate::cli::registry::{AccessArgs, RetryArgs};
use crate::cli::signing::SigningArgs;
use crate::engine::{Engine, Family, PushFormat, PushRequest, Pushed};

/// Send an image to a registry, or into files
#[derive(Debug, Clone, Args)]
pub struct PushArgs {
    #[command(flatten)]
    pub access: AccessArgs,
    /// Compress the layers in a directory (with dir:)
    #[arg(long)]
    pub compress: bool,
    /// Compress layers with gzip, zstd or zstd:chunked
    #[arg(long, value_name = "FORMAT")]
    pub compression_format: Option<String>,
    /// Compress this much: 0 to 9 with gzip, 1 to 22 with the others
    #[arg(long, value_name = "LEVEL", allow_hyphen_values = true)]
    pub compression_level: Option<i32>,
    /// Write the digest of the manifest to this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub digestfile: Option<PathBuf>,
    /// Do nothing; Docker has it
    #[arg(long)]
    pub disable_content_trust: bool,
    /// Compress even where the registry has the layer in another compression
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = crate::cli::words::boolean::parse,
          value_name = "BOOL")]
    pub force_compression: Option<bool>,
    /// Write the manifest as oci or v2s2 (docker); as the image has it when not given
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
    /// Send no signatures; none are kept here that could be
    #[arg(long)]
    pub remove_signatures: bool,
    #[command(flatten)]
    pub retry: RetryArgs,
    #[command(flatten)]
    pub signing: SigningArgs,
    /// Name or id of the image
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub image: String,
    /// Where to: a name in a registry, dir:PATH, oci:PATH[:NAME], oci-archive:PATH[:NAME] or
    /// docker-archive:PATH[:NAME]; the image's own name when not given
    #[arg(value_name = "DESTINATION")]
    pub destination: Option<String>,
}

/// `push`
pub fn push(engine: &Engine, args: &PushArgs) -> Result<u8, Error> {
    let format = args.compression_format.as_deref();
    let format = format.map(compression_format).transpose()?;
    let request = PushRequest {
        image: args.image.clone(),
        destination: args.destination.clone(),
        access: args.access.access(Some(&args.retry))?,
        family: args.format.as_deref().map(family).transpose()?,
        format,
        level: args.compression_level,
        compress: args.compress,
        // podman-push(1): true when a format is named, else false.
        force: args.force_compression.unwrap_or(format.is_some()),
        signing: args.signing.signing()?,
    };
    let progress = progress::choose(args.quiet);
    let pushed = engine.push(&request, progress.as_ref())?;
    drop(progress);
    write_digest(args.digestfile.as_deref(), &pushed)?;
    Ok(exit::SUCCESS)
}

/// Writes the digest of what was pushed to the file of `--digestfile`.
pub fn write_digest(path: Option<&Path>, pushed: &Pushed) -> Result<(), Error> {
    let Some(path) = path else { return Ok(()) };
    std::fs::write(path, pushed.digest.to_string()).map_err(|source| Error::File {
        doing: "writing --digestfile",
        path: path.to_owned(),
        source,
    })
}

/// Reads a family of documents by Podman's names.
pub fn family(word: &str) -> Result<Family, Error> {
    match word {
        "oci" => Ok(Family::Oci),
        "v2s2" | "docker" => Ok(Family::Docker),
        "v2s1" => {
            Err(Error::unsupported("--format v2s1").hint("schema 1 is obsolete; use oci or v2s2"))
        }
        other => Err(Error::usage(
            format!("--format \"{other}\""),
            "is neither oci nor v2s2",
        )),
    }
}

/// Reads a compression of layers by Podman's names.
pub fn compression_format(word: &str) -> Result<PushFormat, Error> {
    PushFormat::parse(word).ok_or_else(|| {
        Error::usage(
            format!("--compression-format \"{word}\""),
            "is none of gzip, zstd and zstd:chunked",
        )
    })
}
