//! `artifact ls` and `artifact inspect`.

use clap::Args;
use serde_json::{Value, json};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::template::{self, Kind, Kinds};
use crate::cli::output::{self, human};
use crate::engine::{Artifact, Engine};
use crate::types::{Descriptor, Reference, Timestamp};

/// Podman's indentation of inspected documents.
const INDENT: usize = 5;

/// List artifacts
#[derive(Debug, Clone, Args)]
pub struct LsArgs {
    /// Print json, a Go template, or a table of one ("table …")
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Shorten nothing
    #[arg(long)]
    pub no_trunc: bool,
    /// Print no heading
    #[arg(long, short)]
    pub noheading: bool,
}

const HEADINGS: &[(&str, &str)] = &[
    ("Created", "CREATED"),
    ("CreatedAt", "CREATED AT"),
    ("Digest", "DIGEST"),
    ("Repository", "REPOSITORY"),
    ("Size", "SIZE"),
    ("Tag", "TAG"),
    ("VirtualSize", "VIRTUAL SIZE"),
];

/// `artifact ls`
pub fn ls(engine: &Engine, args: &LsArgs) -> Result<u8, Error> {
    let now = Timestamp::now();
    let artifacts = engine.artifacts()?;
    let rows: Vec<Value> = artifacts
        .iter()
        .map(|artifact| fields(artifact, now, args.no_trunc))
        .collect();
    if args.format.as_deref().is_some_and(template::is_json) {
        output::text(&template::pretty_json(&Value::Array(rows), INDENT))?;
        return Ok(exit::SUCCESS);
    }
    let default = "table {{.Repository}}\\t{{.Tag}}\\t{{.Digest}}\\t{{.Created}}\\t{{.Size}}";
    let format = args.format.as_deref();
    template::print_rows(format, default, HEADINGS, !args.noheading, &rows)?;
    Ok(exit::SUCCESS)
}

fn fields(artifact: &Artifact, now: Timestamp, whole: bool) -> Value {
    let name = Reference::parse(&artifact.name).ok();
    let created = artifact.created();
    let hex = artifact.digest.hex();
    json!({
        "Created": created.map(|then| human::ago(then, now)).unwrap_or_default(),
        "CreatedAt": created.map(Timestamp::go_utc).unwrap_or_default(),
        "Digest": if whole { &hex } else { &hex[..12] },
        "Repository": name.as_ref().map(Reference::name).unwrap_or_default(),
        "Size": human::size(artifact.size(), 4),
        "Tag": name.and_then(|name| name.tag).unwrap_or_default(),
        "VirtualSize": artifact.size().to_string(),
    })
}

/// Show everything known about an artifact
#[derive(Debug, Clone, Args)]
pub struct InspectArgs {
    /// Print json or a Go template
    #[arg(long, short, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Whole name of the artifact, or the beginning of its digest
    #[arg(value_name = "ARTIFACT", add = crate::cli::complete::artifacts())]
    pub name: String,
}

/// Maps in the template's document: all else are structs.
pub const KINDS: Kinds = &[
    ("Manifest.Annotations", Kind::Map),
    ("Manifest.Config.Annotations", Kind::Map),
    ("Manifest.Layers.Annotations", Kind::Map),
    ("Artifact.Manifest.Annotations", Kind::Map),
    ("Artifact.Manifest.Config.Annotations", Kind::Map),
    ("Artifact.Manifest.Layers.Annotations", Kind::Map),
];

/// `artifact inspect`
pub fn inspect(engine: &Engine, args: &InspectArgs) -> Result<u8, Error> {
    let artifact = engine.artifact(&args.name)?;
    let format = args.format.as_deref().filter(|word| !word.is_empty());
    let text = match format.filter(|word| !template::is_json(word)) {
        Some(format) => template::one(format, &in_go(&artifact), KINDS)?,
        None => template::pretty_json(&document(&artifact), INDENT),
    };
    output::text(&text)?;
    Ok(exit::SUCCESS)
}

/// What is printed as JSON: the manifest as it is, its name and digest.
pub fn document(artifact: &Artifact) -> Value {
    json!({
        "Manifest": artifact.document,
        "Name": artifact.name,
        "Digest": artifact.digest,
    })
}

/// What a template sees: Go's names of the fields.
pub fn in_go(artifact: &Artifact) -> Value {
    let manifest = &artifact.manifest;
    let text = |key: &str| artifact.document.get(key).cloned().unwrap_or(json!(""));
    let layers: Value = manifest.layers.iter().map(descriptor).collect();
    let manifest = json!({
        "SchemaVersion": manifest.schema_version,
        "MediaType": manifest.media_type.clone().unwrap_or_default(),
        "ArtifactType": text("artifactType"),
        "Config": descriptor(&manifest.config),
        "Layers": layers,
        "Subject": artifact.document.get("subject"),
        "Annotations": manifest.annotations,
    });
    let inner = json!({
        "Digest": artifact.digest,
        "Name": artifact.name,
        "Manifest": manifest,
    });
    json!({
        "Artifact": inner,
        "Digest": artifact.digest,
        "Manifest": manifest,
        "Name": artifact.name,
        "TotalSizeBytes": artifact.size(),
    })
}

fn descriptor(of: &Descriptor) -> Value {
    json!({
        "MediaType": of.media_type,
        "Digest": of.digest,
        "Size": of.size,
        "URLs": of.urls,
        "Annotations": of.annotations,
    })
}
