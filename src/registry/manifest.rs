//! Manifests and indexes: what kind of document it is, and which entry is for us.
//!
//! OCI image-spec manifest.md and image-index.md; Docker image manifest v2, schema 2. A document
//! that could be read as two kinds is refused (CVE-2021-41190, S-25). Schema 1 is not supported.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::types::image::{
    Compression, DOCKER_CONFIG, DOCKER_INDEX, DOCKER_MANIFEST, Index, Manifest, OCI_CONFIG,
    OCI_INDEX, OCI_MANIFEST,
};
use crate::types::{Descriptor, Platform, escape, strict};

/// What is asked for, best first.
pub const ACCEPT: &[&str] = &[OCI_INDEX, OCI_MANIFEST, DOCKER_INDEX, DOCKER_MANIFEST];

/// More entries than any index has; an index of a million is meant to hurt (S-26).
const MAX_ENTRIES: usize = 4096;

/// A document whose kind is certain.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "one exists at a time, and it is taken apart at once"
)]
pub enum Document {
    Manifest(Manifest),
    Index(Index),
}

/// The fields that tell kinds apart.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Probe {
    schema_version: Option<u64>,
    media_type: Option<String>,
    config: Option<IgnoredAny>,
    layers: Option<IgnoredAny>,
    manifests: Option<IgnoredAny>,
    fs_layers: Option<IgnoredAny>,
}

/// Reads a manifest or index; `content_type` is what the carrier said, if anything.
///
/// Returns the document and its media type; the error says what is wrong with it.
pub fn read(bytes: &[u8], content_type: Option<&str>) -> Result<(Document, &'static str), String> {
    let media_type = kind(bytes, content_type)?;
    if matches!(media_type, OCI_INDEX | DOCKER_INDEX) {
        let index: Index = strict::parse(bytes)?;
        check_index(&index)?;
        return Ok((Document::Index(index), media_type));
    }
    let manifest: Manifest = strict::parse(bytes)?;
    check_manifest(&manifest)?;
    Ok((Document::Manifest(manifest), media_type))
}

/// Reads the manifest of an artifact; the error says what is wrong with it.
pub fn read_artifact(bytes: &[u8], content_type: Option<&str>) -> Result<Manifest, String> {
    match kind(bytes, content_type)? {
        OCI_MANIFEST => {}
        OCI_INDEX | DOCKER_INDEX => return Err("is an index list, not an artifact".to_owned()),
        other => return Err(format!("is not an artifact: it is of type {other}")),
    }
    let manifest: Manifest = strict::parse(bytes)?;
    check_size(&manifest.config)?;
    manifest.layers.iter().try_for_each(check_size)?;
    Ok(manifest)
}

/// Decides which of the known kinds a document is, beyond doubt.
pub fn kind(bytes: &[u8], content_type: Option<&str>) -> Result<&'static str, String> {
    let said = content_type.map(essence).filter(|said| !is_generic(said));
    if said.as_deref().is_some_and(is_schema_1) {
        return Err(schema_1());
    }
    // What hotels and broken gateways put in a registry's place.
    if said.as_deref() == Some("text/html") || bytes.trim_ascii_start().starts_with(b"<") {
        let why = "is a web page; somebody between here and the registry may want you to sign in";
        return Err(why.to_owned());
    }
    let probe: Probe = strict::parse(bytes)?;
    let field = probe.media_type.as_deref().map(essence);
    if probe.schema_version == Some(1)
        || probe.fs_layers.is_some()
        || field.as_deref().is_some_and(is_schema_1)
    {
        return Err(schema_1());
    }
    if probe.schema_version != Some(2) {
        return Err("has no schemaVersion 2".to_owned());
    }
    let media_type = media_type(said.as_deref(), field.as_deref(), &probe)?;
    let is_index = matches!(media_type, OCI_INDEX | DOCKER_INDEX);
    if is_index && (probe.layers.is_some() || probe.config.is_some()) {
        return Err("is an index with the fields of a manifest".to_owned());
    }
    if !is_index && probe.manifests.is_some() {
        return Err("is a manifest with the fields of an index".to_owned());
    }
    Ok(media_type)
}

/// Decides the kind from the carrier's word, the document's own word, and its shape.
fn media_type(
    said: Option<&str>,
    field: Option<&str>,
    probe: &Probe,
) -> Result<&'static str, String> {
    let known = |text: &str| {
        ACCEPT
            .iter()
            .copied()
            .find(|kind| *kind == text)
            .ok_or(format!("is of the unknown type {}", escape::quoted(text)))
    };
    let said = said.map(known).transpose()?;
    let field = field.map(known).transpose()?;
    match (said, field) {
        (Some(said), Some(field)) if said != field => {
            Err(format!("was sent as {said} but says it is {field}"))
        }
        (_, Some(field)) => Ok(field),
        // Only the OCI documents may leave the field out.
        (Some(said @ (OCI_MANIFEST | OCI_INDEX)), None) => Ok(said),
        (Some(said), None) => Err(format!("was sent as {said} but does not say so itself")),
        (None, None) => match (&probe.manifests, &probe.layers) {
            (Some(_), None) => Ok(OCI_INDEX),
            (None, Some(_)) => Ok(OCI_MANIFEST),
            _ => Err("is neither a manifest nor an index".to_owned()),
        },
    }
}

fn check_index(index: &Index) -> Result<(), String> {
    if index.manifests.len() > MAX_ENTRIES {
        return Err(format!("lists more than {MAX_ENTRIES} manifests"));
    }
    index.manifests.iter().try_for_each(check_size)
}

fn check_manifest(manifest: &Manifest) -> Result<(), String> {
    let config = manifest.config.media_type.as_str();
    if !matches!(config, OCI_CONFIG | DOCKER_CONFIG) {
        return Err(format!(
            "is not a runnable image: its config is of type {}",
            escape::quoted(config)
        ));
    }
    check_size(&manifest.config)?;
    if manifest.config.size > strict::MAX_DOCUMENT {
        return Err(format!(
            "has a config of more than {} bytes",
            strict::MAX_DOCUMENT
        ));
    }
    for layer in &manifest.layers {
        check_size(layer)?;
        if layer.media_type.ends_with("+encrypted") {
            return Err("has encrypted layers, which are not supported".to_owned());
        }
        if Compression::of_media_type(&layer.media_type).is_none() {
            return Err(format!(
                "is not a runnable image: it has a layer of type {}",
                escape::quoted(&layer.media_type)
            ));
        }
    }
    Ok(())
}

fn check_size(descriptor: &Descriptor) -> Result<(), String> {
    // Sizes are signed 64-bit numbers in every other implementation.
    if descriptor.size > i64::MAX as u64 {
        return Err(format!("gives {} an impossible size", descriptor.digest));
    }
    Ok(())
}

/// The media type without parameters, in lower case.
fn essence(text: &str) -> String {
    let bare = text.split(';').next().unwrap_or_default();
    bare.trim().to_ascii_lowercase()
}

/// Types that carriers use when they know nothing.
fn is_generic(text: &str) -> bool {
    matches!(
        text,
        "" | "application/json" | "text/plain" | "application/octet-stream" | "binary/octet-stream"
    )
}

fn is_schema_1(text: &str) -> bool {
    matches!(
        text,
        "application/vnd.docker.distribution.manifest.v1+json"
            | "application/vnd.docker.distribution.manifest.v1+prettyjws"
    )
}

fn schema_1() -> String {
    "is a schema 1 manifest, which is not supported: push the image again".to_owned()
}

/// Returns the entries that could serve `wanted`, best first.
pub fn candidates<'a>(index: &'a Index, wanted: &Platform) -> Vec<&'a Descriptor> {
    let mut found: Vec<(u16, &Descriptor)> = index
        .manifests
        .iter()
        .filter(|entry| is_document(entry) && !is_attestation(entry))
        .filter_map(|entry| match &entry.platform {
            Some(platform) => Some((u16::from(wanted.rank(platform)?) + 1, entry)),
            // Nested indexes and images without a platform: only if nothing else serves.
            None => Some((0, entry)),
        })
        .collect();
    found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// Returns the platforms an index offers, for the error that there is none for us.
pub fn platforms(index: &Index) -> Vec<String> {
    let mut names: Vec<String> = index
        .manifests
        .iter()
        .filter(|entry| is_document(entry) && !is_attestation(entry))
        .filter_map(|entry| entry.platform.as_ref().map(ToString::to_string))
        .collect();
    names.sort();
    names.dedup();
    names.truncate(20);
    names
}

fn is_document(entry: &Descriptor) -> bool {
    ACCEPT.contains(&entry.media_type.as_str())
}

/// Build provenance that Docker's builder lists beside images, as platform unknown/unknown.
fn is_attestation(entry: &Descriptor) -> bool {
    entry.annotations.contains_key("vnd.docker.reference.type")
        || entry.platform.as_ref().is_some_and(|p| p.os == "unknown")
}

#[cfg(test)]
mod tests {
    use super::*;

    const D: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    fn manifest(extra: &str) -> String {
        let config = format!(r#"{{"mediaType":"{OCI_CONFIG}","digest":"{D}","size":2}}"#);
        format!(r#"{{"schemaVersion":2,"config":{config},"layers":[]{extra}}}"#)
    }

    fn index(extra: &str) -> String {
        format!(r#"{{"schemaVersion":2,"manifests":[]{extra}}}"#)
    }

    #[test]
    fn kinds_are_certain_or_refused() {
        let typed = |kind: &str| format!(r#","mediaType":"{kind}""#);
        let foreign = r#"{"schemaVersion":2,"layers":[],"config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"D","size":2}}"#
            .replace('D', D);
        for (text, content_type, outcome) in [
            (manifest(""), None, Ok(OCI_MANIFEST)),
            (manifest(""), Some(OCI_MANIFEST), Ok(OCI_MANIFEST)),
            (
                manifest(""),
                Some("application/json; charset=utf-8"),
                Ok(OCI_MANIFEST),
            ),
            (
                manifest(&typed(OCI_MANIFEST)),
                Some("APPLICATION/vnd.oci.image.manifest.v1+json"),
                Ok(OCI_MANIFEST),
            ),
            (
                manifest(&typed(DOCKER_MANIFEST)),
                Some(DOCKER_MANIFEST),
                Ok(DOCKER_MANIFEST),
            ),
            (manifest(&typed(DOCKER_MANIFEST)), None, Ok(DOCKER_MANIFEST)),
            (index(""), Some(OCI_INDEX), Ok(OCI_INDEX)),
            (
                index(&typed(DOCKER_INDEX)),
                Some(DOCKER_INDEX),
                Ok(DOCKER_INDEX),
            ),
            (
                manifest(""),
                Some(DOCKER_MANIFEST),
                Err("does not say so itself"),
            ),
            (manifest(""), Some(OCI_INDEX), Err("fields of a manifest")),
            (
                manifest(&typed(OCI_INDEX)),
                Some(OCI_MANIFEST),
                Err("was sent as"),
            ),
            (
                manifest(&typed(DOCKER_MANIFEST)),
                Some(OCI_MANIFEST),
                Err("was sent as"),
            ),
            (manifest(&typed("x/y")), None, Err("unknown type")),
            (manifest(""), Some("text/html"), Err("web page")),
            (manifest(r#","manifests":[]"#), None, Err("neither")),
            (
                manifest(r#","manifests":[]"#),
                Some(OCI_MANIFEST),
                Err("fields of an index"),
            ),
            (
                index(r#","layers":[]"#),
                Some(OCI_INDEX),
                Err("fields of a manifest"),
            ),
            (index(&typed(OCI_MANIFEST)), None, Err("fields of an index")),
            (r#"{"schemaVersion":1}"#.into(), None, Err("schema 1")),
            (
                r#"{"schemaVersion":2,"fsLayers":[]}"#.into(),
                None,
                Err("schema 1"),
            ),
            (
                "x".into(),
                Some("application/vnd.docker.distribution.manifest.v1+prettyjws"),
                Err("schema 1"),
            ),
            (
                r#"{"schemaVersion":3,"layers":[]}"#.into(),
                None,
                Err("schemaVersion"),
            ),
            (r#"{"layers":[]}"#.into(), None, Err("schemaVersion")),
            (manifest(r#","layers":[]"#), None, Err("twice")),
            (foreign, None, Err("not a runnable image")),
            ("{".into(), None, Err("not valid")),
        ] {
            match (read(text.as_bytes(), content_type), outcome) {
                (Ok((_, kind)), Ok(expected)) => assert_eq!(kind, expected),
                (Err(why), Err(part)) => assert!(why.contains(part), "{text}: {why}"),
                (got, _) => panic!("{text} {content_type:?}: {got:?}"),
            }
        }
    }

    #[test]
    fn sizes_are_possible() {
        for size in [
            "-1",
            "9223372036854775808",
            "18446744073709551616",
            "1.5",
            "\"1\"",
        ] {
            let text = manifest("").replace("\"size\":2", &format!("\"size\":{size}"));
            assert!(read(text.as_bytes(), None).is_err(), "{size}");
        }
    }

    #[test]
    fn the_best_entry_comes_first() {
        let entry = |platform: Option<&str>, kind: &str| Descriptor {
            media_type: kind.to_owned(),
            digest: crate::types::Digest::parse(D).expect("a digest"),
            size: 1,
            platform: platform.map(|p| Platform::parse(p).expect("a platform")),
            annotations: Default::default(),
            urls: Vec::new(),
        };
        let index = Index {
            schema_version: 2,
            media_type: None,
            manifests: vec![
                entry(None, OCI_INDEX),
                entry(Some("linux/arm/v5"), OCI_MANIFEST),
                entry(Some("unknown/unknown"), OCI_MANIFEST),
                entry(Some("linux/arm/v7"), OCI_MANIFEST),
                entry(Some("linux/amd64"), "application/x-artifact"),
            ],
            annotations: Default::default(),
        };
        let names = |wanted: &str| -> Vec<String> {
            candidates(&index, &Platform::parse(wanted).expect("a platform"))
                .iter()
                .map(|e| e.platform.as_ref().map_or("-".into(), ToString::to_string))
                .collect()
        };
        assert_eq!(names("linux/arm/v7"), ["linux/arm/v7", "linux/arm/v5", "-"]);
        assert_eq!(names("linux/arm/v6"), ["linux/arm/v5", "-"]);
        assert_eq!(names("linux/amd64"), ["-"]);
        assert_eq!(platforms(&index), ["linux/arm/v5", "linux/arm/v7"]);
    }
}
