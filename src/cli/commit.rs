//! `commit`: an image of a container.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, progress};
use crate::cli::words::boolean;
use crate::engine::{CommitRequest, Engine, ImageFormat, Pausing};
use crate::types::change::Change;
use crate::types::escape;

/// The largest `--config`: as any image config.
const MAX_CONFIG: u64 = 4 << 20;

/// Make an image of a container
#[derive(Debug, Clone, Args)]
pub struct CommitArgs {
    /// Say who made it
    #[arg(long, short, value_name = "NAME")]
    pub author: Option<String>,
    /// Change the image's configuration: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, ONBUILD,
    /// STOPSIGNAL, USER, VOLUME or WORKDIR
    #[arg(long, short, value_name = "INSTRUCTION")]
    pub change: Vec<String>,
    /// Write documents of this kind: oci or docker
    #[arg(
        long,
        short,
        value_name = "FORMAT",
        default_value = "oci",
        hide_default_value = true
    )]
    pub format: String,
    /// Write the image's id to this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub iidfile: Option<PathBuf>,
    /// Note what was attached with --volume and --mount as volumes of the image
    #[arg(long)]
    pub include_volumes: bool,
    /// Add a comment (with --format docker)
    #[arg(long, short, value_name = "TEXT")]
    pub message: Option<String>,
    /// Pause the container meanwhile; where that can be, it is done unasked
    #[arg(long, short, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub pause: Option<bool>,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
    /// Make one layer of everything
    #[arg(long, short)]
    pub squash: bool,
    /// Name or id of the container
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub container: String,
    /// The image's name
    #[arg(value_name = "IMAGE")]
    pub image: Option<String>,
}

/// `commit`
pub fn commit(engine: &Engine, args: &CommitArgs) -> Result<u8, Error> {
    let format = format(&args.format)?;
    if args.message.is_some() && format == ImageFormat::Oci {
        return Err(Error::usage(
            "",
            "messages are only compatible with the docker image format (-f docker)",
        ));
    }
    let request = CommitRequest {
        name: args.image.clone(),
        author: args.author.clone(),
        message: args.message.clone(),
        changes: changes(&args.change)?,
        config: image_config(engine)?,
        format,
        include_volumes: args.include_volumes,
        pause: match args.pause {
            Some(false) => Pausing::No,
            _ => Pausing::IfPossible,
        },
        squash: args.squash,
    };
    let progress = progress::choose(args.quiet);
    let id = engine.commit(&args.container, &request, progress.as_ref())?;
    drop(progress);
    if let Some(path) = &args.iidfile {
        std::fs::write(path, id.hex()).map_err(|source| Error::File {
            doing: "writing",
            path: path.clone(),
            source,
        })?;
    }
    output::line(&id.hex())?;
    Ok(exit::SUCCESS)
}

fn format(word: &str) -> Result<ImageFormat, Error> {
    match word {
        "oci" => Ok(ImageFormat::Oci),
        "docker" => Ok(ImageFormat::Docker),
        other => Err(Error::usage(
            format!("--format \"{other}\""),
            "is neither oci nor docker",
        )),
    }
}

/// Reads what `--change` was given.
pub fn changes(words: &[String]) -> Result<Vec<Change>, Error> {
    words
        .iter()
        .map(|word| {
            Change::parse(word).map_err(|error| Error::usage("--change", error.to_string()))
        })
        .collect()
}

/// Reads the file of `commit --config FILE`: a configuration that is merged into the image's.
///
/// The option is the global one of that name, which names a directory.
fn image_config(engine: &Engine) -> Result<Option<Vec<u8>>, Error> {
    let path = engine.settings.config_dir.as_deref();
    path.filter(|path| !path.is_dir())
        .map(read_config)
        .transpose()
}

fn read_config(path: &Path) -> Result<Vec<u8>, Error> {
    use std::io::Read;
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_CONFIG + 1).read_to_end(&mut bytes))
        .map_err(|source| Error::File {
            doing: "reading",
            path: path.to_owned(),
            source,
        })?;
    if bytes.len() as u64 > MAX_CONFIG {
        let shown = escape::quoted(&path.to_string_lossy());
        let why = format!("larger than {MAX_CONFIG} bytes");
        return Err(Error::usage(format!("--config {shown}"), why));
    }
    Ok(bytes)
}
