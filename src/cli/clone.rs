//! `container clone`: a new container from what an old one was told.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, progress};
use crate::cli::run::resources::{ResourceArgs, resources};
use crate::engine::{Container, Engine, RemoveRequest, StartMode};
use crate::types::resources::Resources;
use crate::types::{ContainerName, RunRequest};

/// Create a container like another one
#[derive(Debug, Clone, Args)]
pub struct CloneArgs {
    /// Remove the original
    #[arg(long)]
    pub destroy: bool,
    /// With --destroy: remove the original even when it runs
    #[arg(long, short)]
    pub force: bool,
    /// Name the new container
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Start the new container
    #[arg(long)]
    pub run: bool,
    #[command(flatten)]
    pub limits: ResourceArgs,
    /// Name or id of the original
    #[arg(value_name = "CONTAINER", add = crate::cli::complete::containers())]
    pub original: String,
    /// The new container's name
    #[arg(value_name = "NAME", conflicts_with = "name")]
    pub new_name: Option<String>,
    /// Another image for it
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub image: Option<String>,
}

/// `container clone`
pub fn clone(engine: &Engine, args: &CloneArgs) -> Result<u8, Error> {
    if args.force && !args.destroy {
        return Err(Error::usage("--force", "needs --destroy"));
    }
    let original = engine.container(&args.original)?;
    let request = request(engine, args, &original)?;
    let id = engine.create(&request, &*progress::choose(false))?;
    if args.destroy {
        let request = RemoveRequest {
            force: args.force,
            ..RemoveRequest::default()
        };
        engine.remove(original.record.id.as_str(), &request)?;
    }
    if args.run {
        engine.start(id.as_str(), StartMode::Detached)?;
    }
    output::line(id.as_str())?;
    Ok(exit::SUCCESS)
}

fn request(engine: &Engine, args: &CloneArgs, original: &Container) -> Result<RunRequest, Error> {
    let record = &original.record;
    let name = match args.name.as_ref().or(args.new_name.as_ref()) {
        Some(name) => ContainerName::parse_new(name)?,
        None => free_name(engine, record.name.as_str())?,
    };
    let mut rootfs = record.request.rootfs.clone();
    let image = match &args.image {
        Some(image) => {
            rootfs = None;
            image.clone()
        }
        // The very same, whatever its name means by now.
        None => record.image_hex(),
    };
    Ok(RunRequest {
        name: Some(name),
        image,
        rootfs,
        cidfile: None,
        runs_at_once: false,
        resources: over(&record.request.resources, &resources(&args.limits)?),
        ..record.request.clone()
    })
}

/// `web-clone`, `web-clone1`, …: podman-container-clone(1).
fn free_name(engine: &Engine, name: &str) -> Result<ContainerName, Error> {
    for number in 0_u32.. {
        let word = match number {
            0 => format!("{name}-clone"),
            number => format!("{name}-clone{number}"),
        };
        let name = ContainerName::parse(&word)?;
        if engine.container(&word).is_err() {
            return Ok(name);
        }
    }
    unreachable!("names of 128 bytes are refused long before numbers end")
}

/// Puts the limits that are given over those that were.
fn over(old: &Resources, new: &Resources) -> Resources {
    let values = (serde_json::to_value(old), serde_json::to_value(new));
    let (Ok(mut both), Ok(serde_json::Value::Object(new))) = values else {
        return new.clone();
    };
    for (key, value) in new {
        let empty = value.is_null()
            || value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(serde_json::Map::is_empty);
        if !empty {
            both[key] = value;
        }
    }
    serde_json::from_value(both).unwrap_or_else(|_| old.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_that_are_not_given_stay() {
        let old = Resources {
            memory: Some(1 << 30),
            cpu_shares: Some(5),
            ..Resources::default()
        };
        let new = Resources {
            cpu_shares: Some(7),
            ..Resources::default()
        };
        let both = over(&old, &new);
        assert_eq!(both.memory, old.memory);
        assert_eq!(both.cpu_shares, Some(7));
    }
}
