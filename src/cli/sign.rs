//! `image sign`: what a registry has is signed with a key of GPG's keyring.

use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::registry::AccessArgs;
use crate::engine::{Engine, GpgKey};

/// Sign images in registries with GPG
#[derive(Debug, Clone, Args)]
pub struct SignArgs {
    #[command(flatten)]
    pub access: AccessArgs,
    /// Sign every image of a list, too
    #[arg(long, short)]
    pub all: bool,
    /// Put signatures into this directory, not where registries.d says
    #[arg(long, short, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    pub directory: Option<PathBuf>,
    /// Sign with this key of GPG's keyring
    #[arg(long, value_name = "KEY")]
    pub sign_by: Option<String>,
    /// Names of images: docker://REGISTRY/NAME:TAG
    #[arg(required = true, value_name = "IMAGE", add = crate::cli::complete::images())]
    pub names: Vec<String>,
}

/// `image sign`
pub fn sign(engine: &Engine, args: &SignArgs) -> Result<u8, Error> {
    let Some(name) = &args.sign_by else {
        return Err(Error::usage("", "no identity provided").hint("use --sign-by KEY"));
    };
    if let Some(folder) = &args.directory {
        std::fs::metadata(folder).map_err(|source| Error::File {
            doing: "looking for",
            path: folder.clone(),
            source,
        })?;
    }
    let access = args.access.access(None)?;
    let key = GpgKey {
        name: name.clone(),
        passphrase: None,
    };
    for name in &args.names {
        engine.sign_image(name, &key, args.directory.as_deref(), args.all, &access)?;
    }
    Ok(exit::SUCCESS)
}
