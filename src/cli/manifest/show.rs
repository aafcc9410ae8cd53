//! `manifest inspect`

use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::manifest::tls_verify;
use crate::cli::output::{self, template};
use crate::cli::registry::accessible;
use crate::cli::words::boolean;
use crate::engine::{Access, Engine};

/// Show a manifest list, of here or of a registry
#[derive(Debug, Clone, Args)]
pub struct InspectArgs {
    /// Read registry credentials from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub authfile: Option<PathBuf>,
    /// Neither require https nor a valid certificate
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub insecure: Option<bool>,
    /// Require https and a valid certificate
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub tls_verify: Option<bool>,
    /// Do nothing; Docker has it
    #[arg(long, short)]
    pub verbose: bool,
    /// Name or id of the list
    #[arg(value_name = "LIST", add = crate::cli::complete::images())]
    pub list: String,
}

/// `manifest inspect`
pub fn inspect(engine: &Engine, args: &InspectArgs) -> Result<u8, Error> {
    let insecure = args.insecure.filter(|_| args.tls_verify.is_none());
    let access = Access {
        tls_verify: tls_verify(args.tls_verify, insecure)?,
        authfile: accessible(&args.authfile)?,
        ..Access::default()
    };
    let document = engine.show_list(&args.list, &access)?;
    output::text(&template::pretty_json(&document, 4))?;
    Ok(exit::SUCCESS)
}
