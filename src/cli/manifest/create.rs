//! `manifest create`

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::manifest::{annotations, tls_verify};
use crate::cli::output;
use crate::cli::words::boolean;
use crate::engine::{Access, CreateListRequest, Engine};

/// Make a manifest list
#[derive(Debug, Clone, Args)]
pub struct CreateArgs {
    /// Of images that are lists, add every image
    #[arg(long)]
    pub all: bool,
    /// Add to a list that has the name already
    #[arg(long, short)]
    pub amend: bool,
    /// Annotate the list (KEY=VALUE)
    #[arg(long, value_name = "ANNOTATION")]
    pub annotation: Vec<String>,
    /// Neither require https nor a valid certificate
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub insecure: Option<bool>,
    /// Require https and a valid certificate
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub tls_verify: Option<bool>,
    /// Name of the list
    #[arg(value_name = "LIST")]
    pub list: String,
    /// Images to add: of this store, or of a registry
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub images: Vec<String>,
}

/// `manifest create`
pub fn create(engine: &Engine, args: &CreateArgs) -> Result<u8, Error> {
    let request = CreateListRequest {
        name: args.list.clone(),
        images: args.images.clone(),
        all: args.all,
        amend: args.amend,
        annotations: annotations(&args.annotation)?,
        access: Access {
            tls_verify: tls_verify(args.tls_verify, args.insecure)?,
            ..Access::default()
        },
    };
    output::line(&engine.create_list(&request)?.hex())?;
    Ok(exit::SUCCESS)
}
