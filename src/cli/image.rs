//! `tag`, `untag`, `rmi`, `image prune` and `image exists`.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit::{self, Convention};
use crate::cli::images::filter::Filter;
use crate::cli::names;
use crate::cli::output;
use crate::cli::prune::{check_filters, confirmed};
use crate::engine::error::Kind;
use crate::engine::{Engine, Unused};

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
            // Lists first: they keep what they are made of. What is in an additional store stays
            // there, as with Podman.
            let all = engine.lists()?.into_iter().chain(engine.images()?);
            let ours = all.filter(|image| image.read_only.is_none());
            ours.map(|image| image.id.hex()).collect()
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

/// Remove images that no container uses
#[derive(Debug, Clone, Args)]
pub struct PruneArgs {
    /// Remove those with names, too
    #[arg(long, short)]
    pub all: bool,
    /// Remove the caches of build mounts, too (none is kept)
    #[arg(long)]
    pub build_cache: bool,
    /// Remove images that containers of other programs use, too (there are none)
    #[arg(long)]
    pub external: bool,
    /// Remove only images that match: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE]
    #[arg(long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Do not ask
    #[arg(long, short)]
    pub force: bool,
}

/// `image prune`
pub fn prune(engine: &Engine, args: &PruneArgs) -> Result<u8, Error> {
    check_filters(&args.filter)?;
    let filter = Filter::parse(&args.filter, engine)?;
    let (which, what) = match args.all {
        true => (
            Unused::Any,
            "all images without at least one container associated with them",
        ),
        false => (Unused::Dangling, "all dangling images"),
    };
    if !args.force && !confirmed(&format!("This command removes {what}."))? {
        return Ok(exit::SUCCESS);
    }
    for id in engine.prune_images(which, &|image| filter.passes(image))? {
        output::line(&id.hex())?;
    }
    engine.tidy_up()?;
    Ok(exit::SUCCESS)
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
    exit::of_search(engine.image(&args.name))
}
