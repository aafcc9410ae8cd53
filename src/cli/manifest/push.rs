//! `manifest push`

use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::manifest::tls_verify;
use crate::cli::output::progress;
use crate::cli::push::{compression_format, family, write_digest};
use crate::cli::registry::AccessArgs;
use crate::cli::signing::SigningArgs;
use crate::cli::words::boolean;
use crate::engine::{Access, Engine, ListPushRequest, PushRequest};

/// Send a manifest list and its images to a registry
#[derive(Debug, Clone, Args)]
pub struct PushArgs {
    #[command(flatten)]
    pub access: AccessArgs,
    /// Send each image in this compression too: gzip, zstd or zstd:chunked
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    pub add_compression: Vec<String>,
    /// Send the images too, not only the list
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_value = "true", default_missing_value = "true", hide_default_value = true,
          value_parser = boolean::parse, value_name = "BOOL")]
    pub all: bool,
    /// Compress layers with gzip, zstd or zstd:chunked
    #[arg(long, value_name = "FORMAT")]
    pub compression_format: Option<String>,
    /// Compress this much: 0 to 9 with gzip, 1 to 22 with the others
    #[arg(long, value_name = "LEVEL", allow_hyphen_values = true)]
    pub compression_level: Option<i32>,
    /// Write the digest of the list to this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub digestfile: Option<PathBuf>,
    /// Compress even where the registry has the layer in another compression
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub force_compression: Option<bool>,
    /// Write list and manifests as oci or v2s2 (docker); as they are when not given
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Neither require https nor a valid certificate
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub insecure: Option<bool>,
    /// Remove the list when it is sent; an older word
    #[arg(long, short)]
    pub purge: bool,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
    /// Send no signatures; none are kept here that could be
    #[arg(long)]
    pub remove_signatures: bool,
    /// Remove the list when it is sent
    #[arg(long)]
    pub rm: bool,
    #[command(flatten)]
    pub signing: SigningArgs,
    /// Name or id of the list
    #[arg(value_name = "LIST", add = crate::cli::complete::images())]
    pub list: String,
    /// Where to; the list's own name when not given
    #[arg(value_name = "DESTINATION")]
    pub destination: Option<String>,
}

/// `manifest push`
pub fn push(engine: &Engine, args: &PushArgs) -> Result<u8, Error> {
    let format = args.compression_format.as_deref();
    let format = format.map(compression_format).transpose()?;
    let variants = args.add_compression.iter();
    let request = ListPushRequest {
        push: PushRequest {
            image: args.list.clone(),
            destination: args.destination.clone(),
            access: Access {
                tls_verify: tls_verify(args.access.tls_verify, args.insecure)?,
                ..args.access.access(None)?
            },
            family: args.format.as_deref().map(family).transpose()?,
            format,
            level: args.compression_level,
            compress: false,
            // podman-manifest-push(1): true when a format is named, else false.
            force: args.force_compression.unwrap_or(format.is_some()),
            signing: args.signing.signing()?,
        },
        all: args.all,
        remove: args.rm || args.purge,
        add_compression: variants
            .map(|word| compression_format(word))
            .collect::<Result<_, _>>()?,
    };
    let progress = progress::choose(args.quiet);
    let pushed = engine.push_list(&request, progress.as_ref())?;
    drop(progress);
    write_digest(args.digestfile.as_deref(), &pushed)?;
    Ok(exit::SUCCESS)
}
