//! `images`: what the store holds, one row for each name.

pub mod filter;
pub mod glob;
pub mod tree;

use std::collections::HashMap;

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, human, template};
use crate::engine::{Engine, Image};
use crate::types::{ImageId, Reference, Timestamp};

/// List images
#[derive(Debug, Clone, Args)]
pub struct ImagesArgs {
    /// List every image (there are no hidden ones)
    #[arg(long, short)]
    pub all: bool,
    /// Show manifest digests
    #[arg(long)]
    pub digests: bool,
    /// List only images that match (KEY=VALUE)
    #[arg(long, short, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Print json, a Go template, or a table of one ("table …")
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Show the names an image has and had
    #[arg(long)]
    pub history: bool,
    /// Shorten nothing
    #[arg(long)]
    pub no_trunc: bool,
    /// Print no heading
    #[arg(long, short)]
    pub noheading: bool,
    /// Print only ids
    #[arg(long, short)]
    pub quiet: bool,
    /// Sort by created, id, repository, size or tag
    #[arg(long, value_name = "KEY", default_value = "created", hide_default_value = true,
          value_parser = ["created", "id", "repository", "size", "tag"],
          hide_possible_values = true)]
    pub sort: String,
    /// List only images with this name; * and ? stand for anything
    #[arg(value_name = "IMAGE", add = crate::cli::complete::images())]
    pub name: Option<String>,
}

const HEADINGS: &[(&str, &str)] = &[
    ("Arch", "ARCH"),
    ("Containers", "CONTAINERS"),
    ("Created", "CREATED"),
    ("CreatedAt", "CREATED AT"),
    ("CreatedSince", "CREATED SINCE"),
    ("CreatedTime", "CREATED TIME"),
    ("Dangling", "DANGLING"),
    ("Digest", "DIGEST"),
    ("History", "HISTORY"),
    ("ID", "IMAGE ID"),
    ("Id", "IMAGE ID"),
    ("IsManifestList", "IS MANIFEST LIST"),
    ("Labels", "LABELS"),
    ("Names", "NAMES"),
    ("Os", "OS"),
    ("ParentId", "PARENT ID"),
    ("ReadOnly", "R/O"),
    ("RepoDigests", "REPO DIGESTS"),
    ("RepoTags", "REPO TAGS"),
    ("Repository", "REPOSITORY"),
    ("SharedSize", "SHARED SIZE"),
    ("Size", "SIZE"),
    ("Tag", "TAG"),
    ("VirtualSize", "VIRTUAL SIZE"),
];

/// An image under one of its names.
pub struct Row {
    pub image: Image,
    /// Registry and repository, or `<none>`.
    pub repository: String,
    pub tag: String,
}

/// `images`
pub fn images(engine: &Engine, args: &ImagesArgs) -> Result<u8, Error> {
    let rows = sorted(rows(engine, args)?, &args.sort);
    let asked = args.format.as_deref().unwrap_or_default();
    let more = More::of(engine, &rows, &|word| {
        template::is_json(asked) || asked.contains(word) || args.history && word == ".History"
    })?;
    if args.format.as_deref().is_some_and(template::is_json) {
        let documents: Value = rows.iter().map(|row| document(row, &more)).collect();
        output::text(&template::pretty_json(&documents, 4))?;
        return Ok(exit::SUCCESS);
    }
    if args.quiet {
        quietly(&rows, args.no_trunc)?;
        return Ok(exit::SUCCESS);
    }
    let now = Timestamp::now();
    let fields: Vec<Value> = rows
        .iter()
        .map(|row| fields(row, now, args.no_trunc, &more))
        .collect();
    let history = if args.history {
        "\\t{{or .History \"<none>\"}}"
    } else {
        ""
    };
    let digests = if args.digests { "{{.Digest}}\\t" } else { "" };
    let default = format!(
        "table {{{{.Repository}}}}\\t{{{{.Tag}}}}\\t{digests}{{{{.ID}}}}\\t{{{{.Created}}}}\\t{{{{.Size}}}}{history}"
    );
    let format = args.format.as_deref();
    template::print_rows(format, &default, HEADINGS, !args.noheading, &fields)?;
    Ok(exit::SUCCESS)
}

/// What is looked up only for whoever asks.
#[derive(Default)]
struct More {
    /// How many containers are made of an image, by its id.
    users: HashMap<String, usize>,
    /// The names an image has and had.
    history: HashMap<ImageId, Vec<String>>,
}

impl More {
    fn of(engine: &Engine, rows: &[Row], asked: &dyn Fn(&str) -> bool) -> Result<Self, Error> {
        let mut more = Self::default();
        if asked(".Containers") {
            for container in engine.containers()? {
                *more.users.entry(container.record.image_hex()).or_default() += 1;
            }
        }
        if asked(".History") {
            for Row { image, .. } in rows {
                more.history.insert(image.id, engine.name_history(image)?);
            }
        }
        Ok(more)
    }

    fn used_by(&self, image: &Image) -> usize {
        self.users.get(&image.id.hex()).copied().unwrap_or_default()
    }

    fn history(&self, image: &Image) -> &[String] {
        self.history.get(&image.id).map_or(&[], Vec::as_slice)
    }
}

fn quietly(rows: &[Row], whole: bool) -> Result<(), Error> {
    let mut seen = Vec::new();
    for row in rows {
        let id = shown_id(&row.image, whole);
        if !seen.contains(&id) {
            output::line(&id)?;
            seen.push(id);
        }
    }
    Ok(())
}

fn shown_id(image: &Image, whole: bool) -> String {
    if whole {
        image.id.to_string()
    } else {
        image.id.hex()[..12].to_owned()
    }
}

/// Returns a row for each name; an image without one has a row of its own.
fn rows(engine: &Engine, args: &ImagesArgs) -> Result<Vec<Row>, Error> {
    if args.name.is_some() && !args.filter.is_empty() {
        return Err(Error::usage("", "cannot specify an image and a filter(s)"));
    }
    let named = args.name.iter().map(|name| format!("reference={name}"));
    let words: Vec<String> = args.filter.iter().cloned().chain(named).collect();
    let filter = filter::Filter::parse(&words, engine)?;
    let mut rows = Vec::new();
    for image in engine.images()?.into_iter().chain(engine.lists()?) {
        if !filter.passes(&image) {
            continue;
        }
        let wanted = image.names.iter().filter(|name| filter.passes_name(name));
        let tagged: Vec<(String, String)> = wanted.filter_map(|name| tagged(name)).collect();
        if tagged.is_empty() {
            let repository = image.names.first().map(|name| without_digest(name));
            rows.push(Row {
                repository: repository.unwrap_or_else(|| "<none>".to_owned()),
                tag: "<none>".to_owned(),
                image,
            });
            continue;
        }
        rows.extend(tagged.into_iter().map(|(repository, tag)| Row {
            image: image.clone(),
            repository,
            tag,
        }));
    }
    Ok(rows)
}

/// Splits `registry/repository:tag`.
pub fn tagged(name: &str) -> Option<(String, String)> {
    let reference = Reference::parse(name).ok()?;
    Some((reference.name(), reference.tag.clone()?))
}

pub fn without_digest(name: &str) -> String {
    name.split('@').next().unwrap_or(name).to_owned()
}

/// Returns when an image was made, as its config says.
pub fn created(image: &Image) -> Timestamp {
    let text = image.config.created.as_deref().unwrap_or_default();
    Timestamp::parse(text).unwrap_or_default()
}

fn sorted(mut rows: Vec<Row>, key: &str) -> Vec<Row> {
    rows.sort_by(|a, b| match key {
        "id" => a.image.id.cmp(&b.image.id),
        "repository" => (&a.repository, &a.tag).cmp(&(&b.repository, &b.tag)),
        "size" => a.image.size.cmp(&b.image.size),
        "tag" => a.tag.cmp(&b.tag),
        // The newest first.
        _ => created(&b.image).cmp(&created(&a.image)),
    });
    rows
}

/// Returns `name@digest` for each repository of an image.
pub fn repo_digests(image: &Image) -> Vec<String> {
    let mut digests = Vec::new();
    for name in &image.names {
        if let Ok(reference) = Reference::parse(name) {
            let word = format!("{}@{}", reference.name(), image.manifest_digest);
            if !digests.contains(&word) {
                digests.push(word);
            }
        }
    }
    digests
}

/// Returns the object of `--format json`.
fn document(row: &Row, more: &More) -> Value {
    let image = &row.image;
    json!({
        "Id": image.id.hex(),
        "ParentId": "",
        "RepoTags": null,
        "RepoDigests": repo_digests(image),
        "Size": image.size,
        "SharedSize": 0,
        "VirtualSize": image.size,
        "Labels": image.config.config.labels,
        "Containers": more.used_by(image),
        "Arch": image.config.architecture,
        "Digest": image.manifest_digest,
        "History": more.history(image),
        "IsManifestList": image.is_list(),
        "Names": image.names,
        "Os": image.config.os,
        "Created": created(image).seconds(),
        "CreatedAt": created(image).to_string(),
        "Repository": row.repository,
        "Tag": row.tag,
        "Dangling": image.is_dangling(),
    })
}

/// Returns the fields a template may name.
fn fields(row: &Row, now: Timestamp, whole: bool, more: &More) -> Value {
    let image = &row.image;
    let made = created(image);
    let size = human::image_size(image.size);
    let labels = image.config.config.labels.clone().unwrap_or_default();
    let id = shown_id(image, whole);
    json!({
        "Arch": image.config.architecture,
        "Containers": more.used_by(image),
        "Created": human::ago(made, now),
        "CreatedAt": made.go_utc(),
        "CreatedSince": human::ago(made, now),
        "CreatedTime": made.go_utc(),
        "Dangling": image.is_dangling(),
        "Digest": image.manifest_digest,
        "History": more.history(image).join(", "),
        "ID": id,
        "Id": id,
        "IsDangling": image.is_dangling(),
        "IsManifestList": image.is_list(),
        "IsReadOnly": image.read_only.is_some(),
        "LabelMap": labels,
        "Labels": labels,
        "Names": image.names,
        "Os": image.config.os,
        "ParentId": "",
        "ReadOnly": image.read_only.is_some(),
        "RepoDigests": repo_digests(image),
        "RepoTags": image.names,
        "Repository": row.repository,
        "SharedSize": 0,
        "Size": size,
        "Tag": row.tag,
        "VirtualSize": image.size,
    })
}
