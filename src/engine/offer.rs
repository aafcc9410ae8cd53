//! What an archive offers: its images, found by the documents of one of three formats.
//!
//! Docker's `save` format (moby image/spec/v1.2.md), the OCI image layout (image-spec
//! image-layout.md) and containers-transports(5), "dir:". Only documents are read here.

use serde::Deserialize;

use crate::engine::Error;
use crate::engine::archive::Archive;
use crate::engine::find::match_name;
use crate::types::digest::Verify;
use crate::types::image::{Compression, DOCKER_MANIFEST, Index, Manifest, OCI_MANIFEST};
use crate::types::reference::Typed;
use crate::types::strict::{self, MAX_DOCUMENT, MAX_SMALL};
use crate::types::transport::{Chosen, Files, Form};
use crate::types::{Descriptor, Digest, Platform, Reference, escape};

/// Indexes in indexes (S-26).
const MAX_DEPTH: usize = 3;
/// What an image of a layout is called: image-spec annotations.md.
pub const REF_NAME: &str = "org.opencontainers.image.ref.name";
/// Images in one archive, and names of one image.
const MAX_IMAGES: usize = 10_000;

/// An image the archive has; its layers are still inside.
pub struct Offered {
    /// What containers-transports(5) calls the archive.
    pub transport: &'static str,
    pub names: Vec<Reference>,
    /// Empty where there was none.
    pub manifest: Vec<u8>,
    pub media_type: String,
    pub config: Vec<u8>,
    pub layers: Vec<OfferedLayer>,
}

pub struct OfferedLayer {
    /// Its name in the archive.
    pub part: String,
    /// What the manifest promises; Docker's archives promise nothing.
    pub blob: Option<Descriptor>,
    pub compression: Option<Compression>,
}

/// One element of Docker's manifest.json: moby image/spec/v1.2.md, "Combined Image JSON".
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DockerImage {
    config: String,
    #[serde(default)]
    repo_tags: Option<Vec<String>>,
    layers: Vec<String>,
}

/// Finds out what is in the archive, in which of the formats.
pub fn offered(archive: &Archive) -> Result<Vec<Offered>, Error> {
    if let Some(bytes) = archive.document("manifest.json", MAX_SMALL)? {
        if archive.part("version")?.is_some() && strict::parse::<Manifest>(&bytes).is_ok() {
            return Ok(vec![from_directory(archive, bytes)?]);
        }
        return from_docker(archive, &bytes);
    }
    match archive.part("index.json")? {
        Some(_) => from_layout(archive),
        None => Err(Error::new(
            "neither a docker archive (no manifest.json) nor an OCI layout (no index.json)",
        )),
    }
}

pub fn parse<T: serde::de::DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, Error> {
    strict::parse(bytes).map_err(|why| Error::new(format!("{} {why}", escape::quoted(name))))
}

fn needed(archive: &Archive, name: &str) -> Result<Vec<u8>, Error> {
    let found = archive.document(name, MAX_DOCUMENT)?;
    found.ok_or_else(|| Error::new(format!("{} is missing", escape::quoted(name))))
}

/// Finds the one image that a place names.
pub fn the_one(archive: &Archive, files: &Files) -> Result<Offered, Error> {
    let is_directory = matches!(archive, Archive::Directory(_));
    match (files.form, is_directory) {
        (Form::Directory, true) => from_directory(archive, needed(archive, "manifest.json")?),
        (Form::Oci, true) | (Form::OciArchive, false) => one_of_layout(archive, files),
        (Form::DockerArchive, false) => one_of_docker(archive, files),
        (Form::Directory | Form::Oci, false) => Err(Error::new("it is no directory")),
        (Form::OciArchive | Form::DockerArchive, true) => Err(Error::new("it is a directory")),
    }
}

fn one_of_docker(archive: &Archive, files: &Files) -> Result<Offered, Error> {
    let bytes = needed(archive, "manifest.json")?;
    let mut offered = from_docker(archive, &bytes)?;
    match &files.image {
        None => only(offered),
        Some(Chosen::Index(at)) if *at < offered.len() => Ok(offered.swap_remove(*at)),
        Some(Chosen::Index(at)) => Err(Error::new(format!(
            "there is no image @{at}: {} are in it",
            offered.len()
        ))),
        Some(Chosen::Name(wanted)) => {
            for mut image in offered {
                let names: Vec<String> = image.names.iter().map(Reference::to_string).collect();
                if let Some(name) = match_name(&names, wanted) {
                    image.names.retain(|known| known.to_string() == name);
                    return Ok(image);
                }
            }
            let shown = escape::quoted(wanted);
            Err(Error::new(format!("no image in it is called {shown}")))
        }
    }
}

fn one_of_layout(archive: &Archive, files: &Files) -> Result<Offered, Error> {
    let mut entries = layout_index(archive)?.manifests;
    let wanted = match &files.image {
        Some(Chosen::Name(name)) => Some(name),
        _ => None,
    };
    if let Some(name) = wanted {
        entries.retain(|entry| entry.annotations.get(REF_NAME) == Some(name));
        if entries.is_empty() {
            let shown = escape::quoted(name);
            return Err(Error::new(format!("no image in it is called {shown}")));
        }
    }
    let descriptor = only(entries)?;
    let mut image = image_of(archive, &descriptor, 0)?
        .ok_or_else(|| Error::new("no image for this machine's platform"))?;
    image.names = match (wanted, files.form) {
        (Some(name), _) => vec![whole_name(name, here)?],
        // A directory says nothing of names unless one is asked for, as with Podman.
        (None, Form::Oci) => Vec::new(),
        (None, _) => annotated_name(&descriptor)?.into_iter().collect(),
    };
    Ok(image)
}

fn only<T>(mut all: Vec<T>) -> Result<T, Error> {
    match (all.pop(), all.len()) {
        (Some(one), 0) => Ok(one),
        (None, _) => Err(Error::new("no image is in it")),
        (_, more) => Err(
            Error::new(format!("{} images are in it: one must be chosen", more + 1))
                .hint("TRANSPORT:PATH:NAME chooses one"),
        ),
    }
}

/// What a name without a registry means here.
fn here(text: &str) -> Result<Reference, crate::types::ParseError> {
    Ok(Typed::parse(text)?.in_registry("localhost"))
}

fn from_docker(archive: &Archive, bytes: &[u8]) -> Result<Vec<Offered>, Error> {
    let images: Vec<DockerImage> = parse("manifest.json", bytes)?;
    if images.len() > MAX_IMAGES {
        return Err(Error::new(format!("more than {MAX_IMAGES} images")));
    }
    let mut offered = Vec::new();
    for image in images {
        let mut names = Vec::new();
        for tag in image.repo_tags.iter().flatten().take(MAX_IMAGES) {
            names.push(whole_name(tag, Reference::parse)?);
        }
        offered.push(Offered {
            transport: "docker-archive",
            names,
            // Made once the layers' digests and sizes are known.
            manifest: Vec::new(),
            media_type: DOCKER_MANIFEST.to_owned(),
            config: needed(archive, &image.config)?,
            layers: image
                .layers
                .into_iter()
                .map(|part| OfferedLayer {
                    part,
                    blob: None,
                    compression: None,
                })
                .collect(),
        });
    }
    Ok(offered)
}

fn whole_name(
    text: &str,
    parse: impl Fn(&str) -> Result<Reference, crate::types::ParseError>,
) -> Result<Reference, Error> {
    let name = parse(text).map_err(|error| Error::new(error.to_string()))?;
    if name.digest.is_some() {
        let shown = escape::quoted(text);
        return Err(Error::new(format!(
            "{shown} is not a name to give: it has a digest"
        )));
    }
    Ok(name.with_default_tag())
}

/// Reads the list of a layout's images.
fn layout_index(archive: &Archive) -> Result<Index, Error> {
    let layout = needed(archive, "oci-layout")?;
    let layout: serde_json::Value = parse("oci-layout", &layout)?;
    if layout.get("imageLayoutVersion").and_then(|v| v.as_str()) != Some("1.0.0") {
        return Err(Error::new(
            "\"oci-layout\" names a version that is not known",
        ));
    }
    let index: Index = parse("index.json", &needed(archive, "index.json")?)?;
    if index.manifests.len() > MAX_IMAGES {
        return Err(Error::new(format!("more than {MAX_IMAGES} images")));
    }
    Ok(index)
}

fn from_layout(archive: &Archive) -> Result<Vec<Offered>, Error> {
    let index = layout_index(archive)?;
    let several = index.manifests.len() > 1;
    let mut offered = Vec::new();
    for descriptor in &index.manifests {
        match image_of(archive, descriptor, 0)? {
            Some(mut image) => {
                image.names = annotated_name(descriptor)?.into_iter().collect();
                offered.push(image);
            }
            // An attestation or another machine's image beside one of ours.
            None if several => {}
            None => return Err(Error::new("no image for this machine's platform")),
        }
    }
    if offered.is_empty() {
        return Err(Error::new("no image for this machine's platform"));
    }
    Ok(offered)
}

/// The whole name containerd writes, or else the layout's own ref.name, which may be a tag only.
fn annotated_name(descriptor: &Descriptor) -> Result<Option<Reference>, Error> {
    let get = |key: &str| descriptor.annotations.get(key);
    if let Some(name) = get("io.containerd.image.name") {
        return whole_name(name, Reference::parse).map(Some);
    }
    match get(REF_NAME) {
        Some(name) => whole_name(name, here).map(Some),
        None => Ok(None),
    }
}

fn blob_part(digest: &Digest) -> String {
    format!("blobs/sha256/{}", digest.hex())
}

/// Reads a document of the layout, checked against its descriptor.
fn blob(archive: &Archive, descriptor: &Descriptor) -> Result<Vec<u8>, Error> {
    let part = blob_part(&descriptor.digest);
    let bytes = needed(archive, &part)?;
    check(&bytes, descriptor)?;
    Ok(bytes)
}

fn check(bytes: &[u8], descriptor: &Descriptor) -> Result<(), Error> {
    let mut verified = Verify::new(bytes, descriptor.digest, descriptor.size);
    std::io::copy(&mut verified, &mut std::io::sink())
        .map_err(|error| Error::new(format!("{}: {error}", descriptor.digest)))?;
    Ok(())
}

/// Follows a descriptor to an image for this machine; `None` when there is none.
fn image_of(
    archive: &Archive,
    descriptor: &Descriptor,
    depth: usize,
) -> Result<Option<Offered>, Error> {
    if let Some(platform) = &descriptor.platform
        && Platform::host().rank(platform).is_none()
    {
        return Ok(None);
    }
    let bytes = blob(archive, descriptor)?;
    let name = descriptor.digest.to_string();
    let shape: serde_json::Value = parse(&name, &bytes)?;
    let (has_manifests, has_layers) = (
        shape.get("manifests").is_some(),
        shape.get("layers").is_some(),
    );
    match (has_manifests, has_layers) {
        (true, true) | (false, false) => Err(Error::new(format!(
            "{name} is neither an image nor an index"
        ))),
        (true, false) => {
            if depth >= MAX_DEPTH {
                return Err(Error::new(format!("{name}: too many indexes in indexes")));
            }
            let index: Index = parse(&name, &bytes)?;
            for descriptor in index.manifests.iter().take(MAX_IMAGES) {
                if let Some(found) = image_of(archive, descriptor, depth + 1)? {
                    return Ok(Some(found));
                }
            }
            Ok(None)
        }
        (false, true) => from_manifest(archive, descriptor, bytes).map(Some),
    }
}

fn from_manifest(
    archive: &Archive,
    descriptor: &Descriptor,
    bytes: Vec<u8>,
) -> Result<Offered, Error> {
    let manifest: Manifest = parse(&descriptor.digest.to_string(), &bytes)?;
    let stated = manifest
        .media_type
        .clone()
        .unwrap_or_else(|| OCI_MANIFEST.to_owned());
    if stated != descriptor.media_type {
        return Err(Error::new(format!(
            "{} is called {} and calls itself {}",
            descriptor.digest,
            escape::quoted(&descriptor.media_type),
            escape::quoted(&stated)
        )));
    }
    let config = blob(archive, &manifest.config)?;
    let layers = offered_layers(&manifest, blob_part)?;
    let transport = match archive {
        Archive::Directory(_) => "oci",
        Archive::Tar { .. } => "oci-archive",
    };
    Ok(Offered {
        transport,
        names: Vec::new(),
        manifest: bytes,
        media_type: stated,
        config,
        layers,
    })
}

fn offered_layers(
    manifest: &Manifest,
    part: impl Fn(&Digest) -> String,
) -> Result<Vec<OfferedLayer>, Error> {
    let layer = |blob: &Descriptor| {
        let kind = escape::quoted(&blob.media_type);
        let compression = Compression::of_media_type(&blob.media_type)
            .ok_or_else(|| Error::new(format!("{kind} is not the type of a layer")))?;
        Ok(OfferedLayer {
            part: part(&blob.digest),
            blob: Some(blob.clone()),
            compression: Some(compression),
        })
    };
    manifest.layers.iter().map(layer).collect()
}

/// The `dir:` form: manifest.json and blobs by their digests' hex.
fn from_directory(archive: &Archive, bytes: Vec<u8>) -> Result<Offered, Error> {
    let manifest: Manifest = parse("manifest.json", &bytes)?;
    let config = needed(archive, &manifest.config.digest.hex())?;
    check(&config, &manifest.config)?;
    let layers = offered_layers(&manifest, Digest::hex)?;
    let stated = manifest.media_type.clone();
    Ok(Offered {
        transport: "dir",
        names: Vec::new(),
        media_type: stated.unwrap_or_else(|| OCI_MANIFEST.to_owned()),
        manifest: bytes,
        config,
        layers,
    })
}
