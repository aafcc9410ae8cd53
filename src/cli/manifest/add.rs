//! `manifest add`

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::manifest::{annotations, given, tls_verify};
use crate::cli::output;
use crate::cli::registry::AccessArgs;
use crate::cli::words::boolean;
use crate::engine::{Access, AddRequest, Engine, Overrides};

/// What a list is to say about an image.
#[derive(Debug, Clone, Args)]
pub struct OverrideArgs {
    /// Annotate the image in the list (KEY=VALUE)
    #[arg(long, value_name = "ANNOTATION")]
    pub annotation: Vec<String>,
    /// Have the list say this architecture
    #[arg(long, value_name = "ARCH")]
    pub arch: Option<String>,
    /// Have the list say these features of the CPU
    #[arg(long, value_name = "FEATURE", value_delimiter = ',')]
    pub features: Vec<String>,
    /// Have the list say this operating system
    #[arg(long, value_name = "OS")]
    pub os: Option<String>,
    /// Have the list say this version of the operating system
    #[arg(long, value_name = "VERSION")]
    pub os_version: Option<String>,
    /// Have the list say this variant of the architecture
    #[arg(long, value_name = "VARIANT")]
    pub variant: Option<String>,
}

impl OverrideArgs {
    pub fn overrides(&self, os_features: &[String]) -> Result<Overrides, Error> {
        Ok(Overrides {
            architecture: given(&self.arch),
            os: given(&self.os),
            variant: given(&self.variant),
            os_version: given(&self.os_version),
            os_features: os_features.to_vec(),
            features: self.features.clone(),
            annotations: annotations(&self.annotation)?,
        })
    }
}

/// Add images to a manifest list
#[derive(Debug, Clone, Args)]
pub struct AddArgs {
    #[command(flatten)]
    pub access: AccessArgs,
    /// Of images that are lists, add every image
    #[arg(long)]
    pub all: bool,
    /// Neither require https nor a valid certificate
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub insecure: Option<bool>,
    #[command(flatten)]
    pub overrides: OverrideArgs,
    /// Name or id of the list
    #[arg(value_name = "LIST", add = crate::cli::complete::images())]
    pub list: String,
    /// Images to add: of this store, or of a registry
    #[arg(required = true, value_name = "IMAGE", add = crate::cli::complete::images())]
    pub images: Vec<String>,
}

/// `manifest add`
pub fn add(engine: &Engine, args: &AddArgs) -> Result<u8, Error> {
    let request = AddRequest {
        list: args.list.clone(),
        images: args.images.clone(),
        all: args.all,
        overrides: args.overrides.overrides(&[])?,
        access: Access {
            tls_verify: tls_verify(args.access.tls_verify, args.insecure)?,
            ..args.access.access(None)?
        },
    };
    output::line(&engine.add_to_list(&request)?.hex())?;
    Ok(exit::SUCCESS)
}
