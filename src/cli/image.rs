//! `tag`, `untag`, `rmi` and `image exists`.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::names;
use crate::cli::output;
use crate::engine::Engine;
use crate::engine::error::Kind;

/// Give an image further names
#[derive(Debug, Clone, Args)]
pub struct TagArgs {
    /// Name or id of the image
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub image: String,
    /// The new names
    #[arg(required = true, value_name = "NAME")]
    pub names: Vec<String>,
}

/// `tag`
pub fn tag(engine: &Engine, args: &TagArgs) -> Result<u8, Error> {
    for name in &args.names {
        engine.tag(&args.image, name)?;
    }
    Ok(exit::SUCCESS)
}

/// Take names away from an image
#[derive(Debug, Clone, Args)]
pub struct UntagArgs {
    /// Name or id of the image
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub image: String,
    /// The names to take away; none means all
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
}

/// `untag`
pub fn untag(engine: &Engine, args: &UntagArgs) -> Result<u8, Error> {
    engine.untag(&args.image, &args.names)?;
    Ok(exit::SUCCESS)
}

/// Remove images
#[derive(Debug, Clone, Args)]
pub struct RmiArgs {
    /// Remove all images
    #[arg(long, short)]
    pub all: bool,
    /// Remove containers of the image first
    #[arg(long, short)]
    pub force: bool,
    /// Pass over names that no image bears
    #[arg(long, short)]
    pub ignore: bool,
    /// Names or ids of images
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub names: Vec<String>,
}

/// `rmi`
pub fn rmi(engine: &Engine, args: &RmiArgs) -> Result<u8, Error> {
    let names = match (args.all, args.names.is_empty()) {
        (true, true) => {
            let images = engine.images()?;
            images.iter().map(|image| image.id.hex()).collect()
        }
        (true, false) => {
            return Err(Error::usage(
                "",
                "when using the --all switch, you may not pass any images names or IDs",
            ));
        }
        (false, true) => return Err(Error::usage("", "image name or ID must be specified")),
        (false, false) => args.names.clone(),
    };
    names::each(&names, Convention::Removal, |name| {
        let removed = match engine.remove_image(name, args.force || args.all) {
            Ok(removed) => removed,
            Err(error) if error.kind == Kind::NoSuchObject && (args.ignore || args.force) => {
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        for name in removed.untagged {
            output::line(&format!("Untagged: {name}"))?;
        }
        for id in removed.deleted {
            output::line(&format!("Deleted: {}", id.hex()))?;
        }
        Ok(())
    })
}

/// Say by the exit code whether an image is in the store
#[derive(Debug, Clone, Args)]
pub struct ExistsArgs {
    /// Name or id of the image
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub name: String,
}

/// `image exists`
pub fn exists(engine: &Engine, args: &ExistsArgs) -> Result<u8, Error> {
    match engine.image(&args.name) {
        Ok(_) => Ok(exit::SUCCESS),
        Err(error) if error.kind == Kind::NoSuchObject => Ok(exit::NO_SUCH_OBJECT),
        Err(error) => Err(error.into()),
    }
}
