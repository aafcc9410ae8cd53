//! `image scp`: images go between machines, by ssh.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, progress};
use crate::engine::{Engine, ScpEnd, ScpRequest};
use crate::types::transport::Form;

/// Copy an image to or from another machine, where Coracle is installed too
#[derive(Debug, Clone, Args)]
pub struct ScpArgs {
    /// Send it as a docker-archive or an oci-archive
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "docker-archive",
        hide_default_value = true
    )]
    pub format: String,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
    /// IMAGE, or [USER@]HOST::IMAGE
    #[arg(value_name = "SOURCE")]
    pub source: String,
    /// [USER@]HOST::[NAME]; or a further name for the image that comes
    #[arg(value_name = "DESTINATION")]
    pub destination: Option<String>,
}

/// `image scp`
pub fn scp(engine: &Engine, args: &ScpArgs) -> Result<u8, Error> {
    let end = |word: &str| ScpEnd::parse(word).map_err(|why| Error::usage("", why));
    let request = ScpRequest {
        source: end(&args.source)?,
        destination: args.destination.as_deref().map(end).transpose()?,
        form: format(&args.format)?,
        quiet: args.quiet,
    };
    let progress = progress::choose(args.quiet);
    let names = engine.scp(&request, progress.as_ref())?;
    drop(progress);
    for name in names {
        output::line(&format!("Loaded image: {name}"))?;
    }
    Ok(exit::SUCCESS)
}

fn format(word: &str) -> Result<Form, Error> {
    match word {
        "docker-archive" => Ok(Form::DockerArchive),
        "oci-archive" => Ok(Form::OciArchive),
        other => Err(Error::usage(
            format!("--format \"{other}\""),
            "is not a valid value: it is neither docker-archive nor oci-archive",
        )),
    }
}
