//! `system prune`: what nobody uses goes, all kinds at once.

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::images;
use crate::cli::lifecycle::alive;
use crate::cli::network;
use crate::cli::output::{self, human};
use crate::cli::prune::{confirmed, prune_filter};
use crate::cli::volume;
use crate::engine::{DiskUsage, Engine, Unused};

/// Remove what nobody uses
#[derive(Debug, Clone, Args)]
pub struct PruneArgs {
    /// Remove images with names that no container uses, too
    #[arg(long, short)]
    pub all: bool,
    /// Remove containers that builds have left, too (none is kept)
    #[arg(long)]
    pub build: bool,
    /// Remove what dead commands have left, and nothing else
    #[arg(long)]
    pub external: bool,
    /// Remove only what matches: until=TIME, label=KEY[=VALUE], label!=KEY[=VALUE]
    #[arg(long, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Do not ask
    #[arg(long, short)]
    pub force: bool,
    /// Remove volumes that no container has, too
    #[arg(long)]
    pub volumes: bool,
}

/// `system prune`
pub fn prune(engine: &Engine, args: &PruneArgs) -> Result<u8, Error> {
    if args.external {
        if args.all || args.volumes || args.build || !args.filter.is_empty() {
            let why = "system prune --external cannot be combined with other options";
            return Err(Error::usage("", why));
        }
        engine.tidy_up()?;
        return Ok(exit::SUCCESS);
    }
    let filters = Filters::parse(engine, args)?;
    if !args.force && !confirmed(&question(args))? {
        return Ok(exit::SUCCESS);
    }
    let before = engine.disk_usage(false)?;
    let containers = prune_containers(engine, &filters, &before)?;
    let networks = network::remove::remove_unused(engine, &filters.networks)?;
    list("Deleted Networks", &networks)?;
    let volumes = match args.volumes {
        true => prune_volumes(engine, &filters, &before)?,
        false => 0,
    };
    let which = match args.all {
        true => Unused::Any,
        false => Unused::Dangling,
    };
    let removed = engine.prune_images(which, &|image| filters.images.passes(image))?;
    let removed: Vec<String> = removed.iter().map(|id| id.hex()).collect();
    list("Deleted Images", &removed)?;
    engine.tidy_up()?;
    let images = match removed.is_empty() {
        true => 0,
        false => before
            .images_size
            .saturating_sub(engine.disk_usage(false)?.images_size),
    };
    let total = human::size(containers + volumes + images, 4);
    output::line(&format!("Total reclaimed space: {total}"))?;
    Ok(exit::SUCCESS)
}

/// The same filters, for each kind of object.
struct Filters {
    containers: crate::cli::list::filter::Filter,
    images: images::filter::Filter,
    volumes: volume::filter::Filter,
    networks: network::filter::Filter,
    any: bool,
}

impl Filters {
    fn parse(engine: &Engine, args: &PruneArgs) -> Result<Self, Error> {
        Ok(Self {
            containers: prune_filter(engine, &args.filter)?,
            images: images::filter::Filter::parse(&args.filter, engine)?,
            volumes: volume::filter::Filter::parse(&args.filter, engine)?,
            networks: network::filter::Filter::parse(&args.filter)?,
            any: !args.filter.is_empty(),
        })
    }
}

fn question(args: &PruneArgs) -> String {
    let (images, cache) = match args.all {
        true => (
            "images without at least one container associated with them",
            "build cache",
        ),
        false => ("dangling images", "dangling build cache"),
    };
    let mut lines = vec![
        "This command removes:".to_owned(),
        "all stopped containers".to_owned(),
        "all networks not used by at least one container".to_owned(),
    ];
    if args.volumes {
        lines.push("all volumes not used by at least one container".to_owned());
    }
    if args.build {
        lines.push("all build containers".to_owned());
    }
    lines.push(format!("all {images}"));
    lines.push(format!("all {cache}"));
    lines.join("\n\t- ") + "\n"
}

/// Returns the bytes that went.
fn prune_containers(engine: &Engine, filters: &Filters, before: &DiskUsage) -> Result<u64, Error> {
    let (mut removed, mut bytes) = (Vec::new(), 0);
    for one in &before.containers {
        let container = &one.container;
        let wanted = !alive(container) && !container.foreign;
        if wanted && filters.containers.passes(container) && engine.prune_container(container)? {
            removed.push(container.record.id.to_string());
            bytes += one.size;
        }
    }
    list("Deleted Containers", &removed)?;
    Ok(bytes)
}

/// As Podman: filters leave those alone that have a name of the user's.
fn prune_volumes(engine: &Engine, filters: &Filters, before: &DiskUsage) -> Result<u64, Error> {
    let (mut removed, mut bytes) = (Vec::new(), 0);
    for volume in engine.volumes()? {
        let name = &volume.record.name;
        let wanted = volume.users.is_empty() && (!filters.any || volume.record.anonymous);
        if wanted && filters.volumes.passes(&volume) && engine.prune_volume(name)? {
            removed.push(name.to_string());
            let known = before
                .volumes
                .iter()
                .find(|v| v.volume.record.name == *name);
            bytes += known.map_or(0, |known| known.size);
        }
    }
    list("Deleted Volumes", &removed)?;
    Ok(bytes)
}

fn list(heading: &str, removed: &[String]) -> Result<(), Error> {
    if !removed.is_empty() {
        output::line(heading)?;
    }
    for one in removed {
        output::line(one)?;
    }
    Ok(())
}
