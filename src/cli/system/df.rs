//! `system df`: what images, containers and volumes take.
//!
//! Columns, fields and sums are Podman's; where it lies on the disk stands behind them, in the
//! long form only.

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::images::{created, tagged, without_digest};
use crate::cli::output::{self, human, template};
use crate::engine::{ContainerUse, DiskUsage, Engine, ImageUse, VolumeUse};
use crate::types::request::MountSource;
use crate::types::{Status, Timestamp};

/// Digits of a size, as Podman prints it.
const DIGITS: usize = 4;

/// Show what images, containers and volumes take on the disk
#[derive(Debug, Clone, Args)]
pub struct DfArgs {
    /// Print json, a Go template, or a table of one ("table …")
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Show each image, container and volume, and where in the store it lies
    #[arg(long, short)]
    pub verbose: bool,
}

const HEADINGS: &[(&str, &str)] = &[
    ("Active", "ACTIVE"),
    ("RawReclaimable", "RAW RECLAIMABLE"),
    ("RawSize", "RAW SIZE"),
    ("Reclaimable", "RECLAIMABLE"),
    ("Size", "SIZE"),
    ("Total", "TOTAL"),
    ("Type", "TYPE"),
];

/// `system df`
pub fn df(engine: &Engine, args: &DfArgs) -> Result<u8, Error> {
    if args.format.is_some() && args.verbose {
        let why = "cannot combine --format and --verbose flags";
        return Err(Error::usage("", why));
    }
    let usage = engine.disk_usage(args.verbose)?;
    if args.verbose {
        return verbose(&usage);
    }
    let rows = [images(&usage), containers(&usage), volumes(&usage)];
    if args.format.as_deref() == Some("json") {
        output::text(&template::pretty_json(&rows.iter().cloned().collect(), 4))?;
        return Ok(exit::SUCCESS);
    }
    let default = "table {{.Type}}\\t{{.Total}}\\t{{.Active}}\\t{{.Size}}\\t{{.Reclaimable}}";
    template::print_rows(args.format.as_deref(), default, HEADINGS, true, &rows)?;
    Ok(exit::SUCCESS)
}

fn images(usage: &DiskUsage) -> Value {
    let used = usage.images.iter().filter(|image| image.containers > 0);
    let own: u64 = used.clone().map(ImageUse::unique).sum();
    let total = image_rows(usage).len();
    let reclaimable = usage.images_size.saturating_sub(own);
    row(
        "Images",
        total,
        used.count(),
        usage.images_size,
        reclaimable,
    )
}

fn containers(usage: &DiskUsage) -> Value {
    let running = |one: &&ContainerUse| one.container.status == Status::Running;
    let all = &usage.containers;
    let size = all.iter().map(|one| one.size).sum();
    let idle = all.iter().filter(|one| !running(one)).map(|one| one.size);
    let active = all.iter().filter(running).count();
    row("Containers", all.len(), active, size, idle.sum())
}

fn volumes(usage: &DiskUsage) -> Value {
    let all = &usage.volumes;
    let links = all.iter().map(|one| one.volume.users.len()).sum();
    let size = all.iter().map(|one| one.size).sum();
    let unused = all.iter().filter(|one| one.volume.users.is_empty());
    let unused = unused.map(|one| one.size).sum();
    row("Local Volumes", all.len(), links, size, unused)
}

/// One row: the fields of a template and the object of JSON are the same.
fn row(kind: &str, total: usize, active: usize, size: u64, reclaimable: u64) -> Value {
    let percent = match size {
        0 => 0.0,
        size => (reclaimable as f64 / size as f64 * 100.0).round(),
    };
    let part = human::size(reclaimable, DIGITS);
    json!({
        "Type": kind,
        "Total": total,
        "Active": active,
        "RawSize": size,
        "RawReclaimable": reclaimable,
        "TotalCount": total,
        "Size": human::size(size, DIGITS),
        "Reclaimable": format!("{part} ({percent}%)"),
    })
}

fn verbose(usage: &DiskUsage) -> Result<u8, Error> {
    let mut text = String::from("Images space usage:\n\n");
    text += &table(&IMAGES, &image_rows(usage))?;
    text += "\nContainers space usage:\n\n";
    let rows: Vec<Value> = usage.containers.iter().map(container_row).collect();
    text += &table(&CONTAINERS, &rows)?;
    text += "\nLocal Volumes space usage:\n\n";
    let rows: Vec<Value> = usage.volumes.iter().map(volume_row).collect();
    text += &table(&VOLUMES, &rows)?;
    text += "\nStore space usage:\n\n";
    text += &table(&AREAS, &area_rows(usage))?;
    output::text(&text)?;
    Ok(exit::SUCCESS)
}

const IMAGES: [(&str, &str); 8] = [
    ("Repository", "REPOSITORY"),
    ("Tag", "TAG"),
    ("ImageID", "IMAGE ID"),
    ("Created", "CREATED"),
    ("Size", "SIZE"),
    ("SharedSize", "SHARED SIZE"),
    ("UniqueSize", "UNIQUE SIZE"),
    ("Containers", "CONTAINERS"),
];
const CONTAINERS: [(&str, &str); 8] = [
    ("ContainerID", "CONTAINER ID"),
    ("Image", "IMAGE"),
    ("Command", "COMMAND"),
    ("LocalVolumes", "LOCAL VOLUMES"),
    ("RWSize", "SIZE"),
    ("Created", "CREATED"),
    ("Status", "STATUS"),
    ("Names", "NAMES"),
];
const VOLUMES: [(&str, &str); 3] = [
    ("VolumeName", "VOLUME NAME"),
    ("Links", "LINKS"),
    ("Size", "SIZE"),
];
const AREAS: [(&str, &str); 5] = [
    ("Area", "AREA"),
    ("Count", "COUNT"),
    ("Size", "SIZE"),
    ("OnDisk", "ON DISK"),
    ("Reclaimable", "RECLAIMABLE"),
];

/// A table of all the columns, in this order.
fn table(columns: &[(&str, &str)], rows: &[Value]) -> Result<String, Error> {
    let cells: Vec<String> = columns
        .iter()
        .map(|(field, _)| format!("{{{{.{field}}}}}"))
        .collect();
    let format = format!("table {}", cells.join("\\t"));
    template::rows(&format, columns, true, rows)
}

/// A row for each name of an image, and one for an image without.
fn image_rows(usage: &DiskUsage) -> Vec<Value> {
    let now = Timestamp::now();
    let mut rows = Vec::new();
    for one in &usage.images {
        let image = &one.image;
        let mut names: Vec<(String, String)> =
            image.names.iter().filter_map(|name| tagged(name)).collect();
        if names.is_empty() {
            let name = image.names.first().map(|name| without_digest(name));
            let none = "<none>".to_owned();
            names.push((name.unwrap_or_else(|| none.clone()), none));
        }
        rows.extend(names.into_iter().map(|(repository, tag)| {
            json!({
                "Repository": repository,
                "Tag": tag,
                "ImageID": image.id.hex()[..12],
                "Created": human::duration((now.0 - created(image).0).max(0)),
                "Size": human::size(image.size, DIGITS),
                "SharedSize": human::size(one.shared, DIGITS),
                "UniqueSize": human::size(one.unique(), DIGITS),
                "Containers": one.containers,
            })
        }));
    }
    rows
}

fn container_row(one: &ContainerUse) -> Value {
    let record = &one.container.record;
    let mounts = record.mounts.iter();
    let volumes =
        mounts.filter(|m| matches!(m.source, MountSource::Volume(_) | MountSource::Bind(_)));
    let image = record.image_hex();
    json!({
        "ContainerID": record.id.short(),
        "Image": image.get(..12).unwrap_or_default(),
        "Command": record.argv.join(" "),
        "LocalVolumes": volumes.count(),
        "RWSize": human::size(one.size, DIGITS),
        "Created": human::duration((Timestamp::now().0 - record.created.0).max(0)),
        "Status": one.container.status.as_str(),
        "Names": record.name.as_str(),
    })
}

fn volume_row(one: &VolumeUse) -> Value {
    json!({
        "VolumeName": one.volume.record.name.as_str(),
        "Links": one.volume.users.len(),
        "Size": human::size(one.size, DIGITS),
    })
}

fn area_rows(usage: &DiskUsage) -> Vec<Value> {
    let rows = usage.areas.iter().map(|area| {
        json!({
            "Area": area.name,
            "Count": area.count,
            "Size": human::size(area.bytes, DIGITS),
            "OnDisk": human::size(area.disk, DIGITS),
            "Reclaimable": human::size(area.reclaimable, DIGITS),
        })
    });
    rows.collect()
}
