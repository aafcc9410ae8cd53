//! `import`: an image of a tar.

use std::io::{self, IsTerminal};

use clap::Args;

use crate::cli::commit::changes;
use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, progress};
use crate::cli::run::security;
use crate::engine::{Engine, ImportRequest, ImportSource};

/// Make an image of a tar of a whole tree
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// Say which architecture its programs are for
    #[arg(long, value_name = "ARCH")]
    pub arch: Option<String>,
    /// Change the image's configuration: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, ONBUILD,
    /// STOPSIGNAL, USER, VOLUME or WORKDIR
    #[arg(long, short, value_name = "INSTRUCTION")]
    pub change: Vec<String>,
    /// Add a comment
    #[arg(long, short, value_name = "TEXT")]
    pub message: Option<String>,
    /// Say which operating system its programs are for
    #[arg(long, value_name = "OS")]
    pub os: Option<String>,
    /// Show no progress
    #[arg(long, short)]
    pub quiet: bool,
    /// Say which variant of the architecture its programs are for
    #[arg(long, value_name = "VARIANT")]
    pub variant: Option<String>,
    /// A tar, plain or compressed: a file, an address (http or https), or - for standard input
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::FilePath)]
    pub source: String,
    /// The image's name
    #[arg(value_name = "REFERENCE")]
    pub name: Option<String>,
}

/// `import`
pub fn import(engine: &Engine, args: &ImportArgs) -> Result<u8, Error> {
    let source = ImportSource::parse(&args.source);
    if source == ImportSource::Stdin && io::stdin().is_terminal() {
        return Err(
            Error::usage("", "a tar does not come from a terminal").hint("coracle import - < FILE")
        );
    }
    let (os, arch) = (args.os.as_deref(), args.arch.as_deref());
    let platform = security::platform(None, os, arch, args.variant.as_deref());
    let request = ImportRequest {
        source,
        name: args.name.clone(),
        changes: changes(&args.change)?,
        message: args.message.clone(),
        platform: platform.map_err(|why| Error::usage("", why))?,
    };
    let progress = progress::choose(args.quiet);
    let id = engine.import(&request, progress.as_ref())?;
    drop(progress);
    output::line(&id.to_string())?;
    Ok(exit::SUCCESS)
}
