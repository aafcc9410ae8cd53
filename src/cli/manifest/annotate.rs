//! `manifest annotate`

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::manifest::add::OverrideArgs;
use crate::cli::output;
use crate::engine::{AnnotateRequest, Engine, Overrides};
use crate::types::escape;

/// Change what a manifest list says about an image, or about itself
#[derive(Debug, Clone, Args)]
pub struct AnnotateArgs {
    /// Annotate the list itself
    #[arg(long)]
    pub index: bool,
    /// Have the list say these features of the operating system
    #[arg(long, value_name = "FEATURE", value_delimiter = ',')]
    pub os_features: Vec<String>,
    #[command(flatten)]
    pub overrides: OverrideArgs,
    /// Have the list say that it is about this image (with --index)
    #[arg(long, value_name = "IMAGE")]
    pub subject: Option<String>,
    /// Name or id of the list
    #[arg(value_name = "LIST", add = crate::cli::complete::images())]
    pub list: String,
    /// The image: its manifest's digest, or its name
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub image: Option<String>,
}

/// `manifest annotate`
pub fn annotate(engine: &Engine, args: &AnnotateArgs) -> Result<u8, Error> {
    let mut overrides = args.overrides.overrides(&args.os_features)?;
    let wrong = |text: String| Err(Error::usage("", text));
    let mut request = AnnotateRequest {
        list: args.list.clone(),
        instance: args.image.clone(),
        subject: args.subject.clone().filter(|word| !word.is_empty()),
        ..AnnotateRequest::default()
    };
    match (&args.image, args.index) {
        (Some(image), true) => {
            return wrong(format!(
                "did not expect image or artifact name \"{}\" when modifying the entire index",
                escape::visible(image)
            ));
        }
        (None, false) => {
            return wrong("expected an instance digest, image name, or artifact name".to_owned());
        }
        (Some(_), false) if request.subject.is_some() => {
            return wrong(
                "setting subject for a manifest list requires no instance digest".to_owned(),
            );
        }
        (None, true) => {
            request.annotations = std::mem::take(&mut overrides.annotations);
            if let Some(what) = first_set(&overrides) {
                return wrong(format!(
                    "setting {what} on an item in a manifest list requires an instance digest"
                ));
            }
        }
        (Some(_), false) => request.overrides = overrides,
    }
    output::line(&engine.annotate_list(&request)?.hex())?;
    Ok(exit::SUCCESS)
}

/// What is said about an image, when there is none.
fn first_set(overrides: &Overrides) -> Option<&'static str> {
    let all = [
        ("architecture", overrides.architecture.is_some()),
        ("features", !overrides.features.is_empty()),
        ("OS", overrides.os.is_some()),
        ("OS features", !overrides.os_features.is_empty()),
        ("OS version", overrides.os_version.is_some()),
        ("variant", overrides.variant.is_some()),
    ];
    all.into_iter().find(|(_, set)| *set).map(|(what, _)| what)
}
