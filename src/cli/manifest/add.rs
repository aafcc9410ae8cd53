//! `manifest add`

use std::path::PathBuf;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::manifest::{annotations, given, tls_verify};
use crate::cli::output;
use crate::cli::registry::AccessArgs;
use crate::cli::words::boolean;
use crate::engine::{Access, AddArtifactRequest, AddRequest, Engine, Overrides};

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
    /// Add files as one artifact, not images
    #[arg(long)]
    pub artifact: bool,
    /// Have the artifact's config be this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub artifact_config: Option<String>,
    /// Have the artifact's config be of this type
    #[arg(long, value_name = "TYPE")]
    pub artifact_config_type: Option<String>,
    /// Have the artifact not say what its files are called
    #[arg(long)]
    pub artifact_exclude_titles: bool,
    /// Have the artifact's files be of this type
    #[arg(long, value_name = "TYPE")]
    pub artifact_layer_type: Option<String>,
    /// Have the artifact say that it is about this image
    #[arg(long, value_name = "IMAGE")]
    pub artifact_subject: Option<String>,
    /// Have the artifact be of this type
    #[arg(long, value_name = "TYPE")]
    pub artifact_type: Option<String>,
    /// Neither require https nor a valid certificate
    #[arg(long, action = clap::ArgAction::Set, num_args = 0..=1, require_equals = true,
          default_missing_value = "true", value_parser = boolean::parse, value_name = "BOOL")]
    pub insecure: Option<bool>,
    #[command(flatten)]
    pub overrides: OverrideArgs,
    /// Name or id of the list
    #[arg(value_name = "LIST", add = crate::cli::complete::images())]
    pub list: String,
    /// Images to add: of this store, or of a registry; files with --artifact
    #[arg(required = true, value_name = "IMAGE", add = crate::cli::complete::images())]
    pub images: Vec<String>,
}

/// `manifest add`
pub fn add(engine: &Engine, args: &AddArgs) -> Result<u8, Error> {
    if args.artifact {
        return add_artifact(engine, args);
    }
    let given = args.only_for_artifacts();
    match given.as_slice() {
        [] => {}
        [one] => return Err(Error::usage("", format!("{one} requires --artifact"))),
        several => {
            let all = several.join("/");
            return Err(Error::usage("", format!("{all} require --artifact")));
        }
    }
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

impl AddArgs {
    /// The options given that have no meaning for images.
    fn only_for_artifacts(&self) -> Vec<&'static str> {
        let all = [
            ("--artifact-type", self.artifact_type.is_some()),
            ("--artifact-config", self.artifact_config.is_some()),
            (
                "--artifact-config-type",
                self.artifact_config_type.is_some(),
            ),
            ("--artifact-layer-type", self.artifact_layer_type.is_some()),
            ("--artifact-subject", self.artifact_subject.is_some()),
            ("--artifact-exclude-titles", self.artifact_exclude_titles),
        ];
        let given = all.into_iter().filter(|(_, given)| *given);
        given.map(|(name, _)| name).collect()
    }
}

/// `manifest add --artifact`
fn add_artifact(engine: &Engine, args: &AddArgs) -> Result<u8, Error> {
    let request = AddArtifactRequest {
        list: args.list.clone(),
        files: args.images.iter().map(PathBuf::from).collect(),
        artifact_type: args.artifact_type.clone(),
        config: given(&args.artifact_config).map(PathBuf::from),
        config_type: given(&args.artifact_config_type),
        layer_type: given(&args.artifact_layer_type),
        exclude_titles: args.artifact_exclude_titles,
        subject: given(&args.artifact_subject),
        overrides: args.overrides.overrides(&[])?,
    };
    output::line(&engine.add_artifact_to_list(&request)?.hex())?;
    Ok(exit::SUCCESS)
}
