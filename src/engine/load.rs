//! Images from an archive: Docker's `save` format, an OCI image layout as archive or directory,
//! and the plain directory form of containers-transports(5), "dir:".
//!
//! Whatever the archive calls its parts, every blob is kept under the digest computed here, every
//! layer under DiffIds computed here, and tags are moved last, each with a word about what it
//! meant before (S-36, S-37).

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::engine::archive::{Archive, said};
use crate::engine::{Engine, Error};
use crate::layer;
use crate::layer::Limits;
use crate::layer::adopt::adopt;
use crate::store::{LayerFacts, Lease, Staged, Store};
use crate::types::digest::{Hasher, Verify};
use crate::types::image::{
    Compression, DOCKER_CONFIG, DOCKER_LAYER, DOCKER_MANIFEST, Index, Manifest, OCI_MANIFEST,
};
use crate::types::progress::Event;
use crate::types::reference::Typed;
use crate::types::strict::{self, MAX_DOCUMENT, MAX_SMALL};
use crate::types::{
    ChainId, Descriptor, DiffId, Digest, ImageConfig, ImageId, Platform, Progress, Reference,
    Timestamp, escape,
};
use crate::userns::Base;

/// Indexes in indexes (S-26).
const MAX_DEPTH: usize = 3;
/// Images in one archive, and names of one image.
const MAX_IMAGES: usize = 10_000;

/// An image the archive has; its layers are still inside.
struct Offered {
    names: Vec<Reference>,
    manifest: Vec<u8>,
    media_type: String,
    config: Vec<u8>,
    layers: Vec<OfferedLayer>,
}

struct OfferedLayer {
    /// Its name in the archive.
    part: String,
    /// What the manifest promises; Docker's archives promise nothing.
    blob: Option<Descriptor>,
    compression: Option<Compression>,
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

impl Engine {
    /// Reads a docker-archive, OCI archive or OCI layout directory; standard input when `None`.
    /// Returns the names (or `sha256:` ids) that were loaded.
    pub fn load(
        &self,
        input: Option<&Path>,
        progress: &dyn Progress,
    ) -> Result<Vec<String>, Error> {
        let source = input.map_or("standard input".to_owned(), |p| p.display().to_string());
        let loaded = self.load_all(input, progress);
        // Done or not: copies and unpacked layers may lie about.
        self.sweep_later();
        loaded.map_err(|error| error.while_doing(format!("loading {source}")))
    }

    fn load_all(
        &self,
        input: Option<&Path>,
        progress: &dyn Progress,
    ) -> Result<Vec<String>, Error> {
        let store = self.store()?;
        let stage = || Ok(store.stage()?);
        let archive = match input {
            Some(path) => Archive::open(path, stage)?,
            None => Archive::read(std::io::stdin().lock(), stage)?,
        };
        let offered = offered(&archive)?;
        let base = self.base()?;
        let mut loaded = Vec::new();
        for image in offered {
            loaded.extend(load_image(store, &base, &archive, &image, progress)?);
        }
        Ok(loaded)
    }
}

/// Finds out what is in the archive, in which of the formats.
fn offered(archive: &Archive) -> Result<Vec<Offered>, Error> {
    if let Some(bytes) = archive.document("manifest.json", MAX_SMALL)? {
        if archive.part("version")?.is_some() && strict::parse::<Manifest>(&bytes).is_ok() {
            return Ok(vec![from_directory(archive, bytes)?]);
        }
        return from_docker(archive, &bytes);
    }
    match archive.document("index.json", MAX_SMALL)? {
        Some(bytes) => from_layout(archive, &bytes),
        None => Err(Error::new(
            "neither a docker archive (no manifest.json) nor an OCI layout (no index.json)",
        )),
    }
}

fn parse<T: serde::de::DeserializeOwned>(name: &str, bytes: &[u8]) -> Result<T, Error> {
    strict::parse(bytes).map_err(|why| Error::new(format!("{} {why}", escape::quoted(name))))
}

fn needed(archive: &Archive, name: &str) -> Result<Vec<u8>, Error> {
    let found = archive.document(name, MAX_DOCUMENT)?;
    found.ok_or_else(|| Error::new(format!("{} is missing", escape::quoted(name))))
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

fn from_layout(archive: &Archive, bytes: &[u8]) -> Result<Vec<Offered>, Error> {
    let layout = needed(archive, "oci-layout")?;
    let layout: serde_json::Value = parse("oci-layout", &layout)?;
    if layout.get("imageLayoutVersion").and_then(|v| v.as_str()) != Some("1.0.0") {
        return Err(Error::new(
            "\"oci-layout\" names a version that is not known",
        ));
    }
    let index: Index = parse("index.json", bytes)?;
    if index.manifests.len() > MAX_IMAGES {
        return Err(Error::new(format!("more than {MAX_IMAGES} images")));
    }
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
    match get("org.opencontainers.image.ref.name") {
        Some(name) => {
            let here = |text: &str| Ok(Typed::parse(text)?.in_registry("localhost"));
            whole_name(name, here).map(Some)
        }
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
    Ok(Offered {
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
        names: Vec::new(),
        media_type: stated.unwrap_or_else(|| OCI_MANIFEST.to_owned()),
        manifest: bytes,
        config,
        layers,
    })
}

/// Brings one image into the store; returns what it is called now.
fn load_image(
    store: &Store,
    base: &Base,
    archive: &Archive,
    image: &Offered,
    progress: &dyn Progress,
) -> Result<Vec<String>, Error> {
    let id = ImageId(Digest::of(&image.config));
    let config: ImageConfig = parse(&id.to_string(), &image.config)?;
    let diff_ids = &config.rootfs.diff_ids;
    if diff_ids.len() != image.layers.len() {
        return Err(Error::new(format!(
            "image {id}: {} layers, but its config lists {}",
            image.layers.len(),
            diff_ids.len()
        )));
    }
    let mut lease = store.lease()?;
    lease.blob(&id.0)?;
    let sizes = bring_layers(store, base, archive, image, diff_ids, &mut lease, progress)?;
    let manifest = match image.manifest.is_empty() {
        false => image.manifest.clone(),
        true => docker_manifest(&image.config, diff_ids, &sizes),
    };
    lease.blob(&Digest::of(&manifest))?;
    let digest = store.add_image(&manifest, &image.media_type, &image.config)?;
    let mut names = Vec::new();
    for name in &image.names {
        if let Some(before) = store.set_name(name, &digest)? {
            let line = format!("{name} was {before}, now {digest}");
            progress.event(Event::Note(&line));
        }
        names.push(name.to_string());
    }
    if names.is_empty() {
        names.push(id.to_string());
    }
    Ok(names)
}

/// A manifest for an image that came without one: its layers as plain tars.
fn docker_manifest(config: &[u8], diff_ids: &[DiffId], sizes: &[u64]) -> Vec<u8> {
    let descriptor = |media_type: &str, digest: Digest, size: u64| Descriptor {
        media_type: media_type.to_owned(),
        digest,
        size,
        platform: None,
        annotations: Default::default(),
        urls: Vec::new(),
    };
    let layers = diff_ids.iter().zip(sizes);
    let manifest = Manifest {
        schema_version: 2,
        media_type: Some(DOCKER_MANIFEST.to_owned()),
        config: descriptor(DOCKER_CONFIG, Digest::of(config), config.len() as u64),
        layers: layers
            .map(|(id, size)| descriptor(DOCKER_LAYER, id.0, *size))
            .collect(),
        annotations: Default::default(),
    };
    serde_json::to_vec(&manifest).expect("a manifest has string keys only")
}

/// Brings the layers that are not here, lowest first; returns the sizes of all.
fn bring_layers(
    store: &Store,
    base: &Base,
    archive: &Archive,
    image: &Offered,
    diff_ids: &[DiffId],
    lease: &mut Lease,
    progress: &dyn Progress,
) -> Result<Vec<u64>, Error> {
    let chains = ChainId::chain(diff_ids);
    let mut sizes = Vec::new();
    for (at, layer) in image.layers.iter().enumerate() {
        let work = LayerWork {
            store,
            base,
            archive,
            layer,
            diff_id: diff_ids[at],
            chains: &chains[..=at],
        };
        lease.layer(&chains[at])?;
        let hex = diff_ids[at].hex();
        let id = &hex[..12];
        let label = format!("Loading layer {id}");
        progress.event(Event::Begin {
            id,
            label: &label,
            total: layer.blob.as_ref().map_or(0, |blob| blob.size),
        });
        let (size, skipped) = work.bring(id, progress)?;
        progress.event(Event::Done { id, skipped });
        sizes.push(size);
    }
    Ok(sizes)
}

/// Everything about one layer on its way in.
struct LayerWork<'a> {
    store: &'a Store,
    base: &'a Base,
    archive: &'a Archive,
    layer: &'a OfferedLayer,
    diff_id: DiffId,
    /// From the lowest to this one.
    chains: &'a [ChainId],
}

impl LayerWork<'_> {
    fn chain(&self) -> &ChainId {
        self.chains.last().expect("it ends with this layer's")
    }

    /// Returns the tar's size and whether the layer was here already.
    fn bring(&self, id: &str, progress: &dyn Progress) -> Result<(u64, bool), Error> {
        if let Some(stored) = self.store.layer(self.chain())? {
            // Only content that was seen to be this layer may stand for it (S-23).
            let known = match &self.layer.blob {
                Some(blob) => stored.is_from(&blob.digest),
                None => self.is_plain_and_right()?,
            };
            if known {
                return Ok((stored.facts.size, true));
            }
        }
        match self.unpack(id, progress) {
            // The trash is somebody's space: once more without it.
            Err(Failed::Full(_)) => {
                self.store.reclaim()?;
                self.store.empty_trash()?;
                self.unpack(id, progress).map_err(Failed::into_error)
            }
            done => done.map_err(Failed::into_error),
        }
        .map(|size| (size, false))
    }

    fn open(&self) -> Result<Box<dyn Read + Send>, Error> {
        let name = &self.layer.part;
        match self.archive.part(name)? {
            Some((reader, _)) => Ok(reader),
            None => Err(Error::new(format!("{} is missing", escape::quoted(name)))),
        }
    }

    fn is_plain_and_right(&self) -> Result<bool, Error> {
        let mut reader = self.open()?;
        let mut hashing = Hashing(Hasher::default());
        std::io::copy(&mut reader, &mut hashing)
            .map_err(|error| Error::new(format!("reading the archive: {}", said(&error))))?;
        Ok(hashing.0.finish() == self.diff_id.0)
    }

    fn unpack(&self, id: &str, progress: &dyn Progress) -> Result<u64, Failed> {
        let reader = self.open()?;
        let staged = self.store.stage().map_err(Error::from)?;
        let mut stream: Box<dyn Read + Send> = match &self.layer.blob {
            Some(blob) => Box::new(Verify::new(reader, blob.digest, blob.size)),
            None => reader,
        };
        let mut counted = Counted {
            inner: &mut *stream,
            id,
            progress,
        };
        let compression = self.layer.compression;
        let limits = Limits::default();
        let unpacked = layer::unpack(
            &mut counted,
            compression,
            staged.fd(),
            &limits,
            Some(self.base),
        )
        .map_err(|error| self.failed(error))?;
        if unpacked.diff_id != self.diff_id {
            return Err(Failed::Other(Error::new(format!(
                "layer {}: its content is {}, and the config says {}",
                escape::quoted(&self.layer.part),
                unpacked.diff_id,
                self.diff_id
            ))));
        }
        for line in &unpacked.warnings {
            progress.event(Event::Warning(&format!("layer {id}: {line}")));
        }
        let facts = LayerFacts {
            diff_id: self.diff_id,
            parent: self
                .chains
                .len()
                .checked_sub(2)
                .map(|below| self.chains[below]),
            size: unpacked.size,
            entries: unpacked.entries,
            created: Timestamp::now(),
        };
        if unpacked.needs_adoption {
            self.adopt(&staged)?;
        }
        self.commit(staged, &facts)?;
        Ok(unpacked.size)
    }

    fn adopt(&self, staged: &Staged) -> Result<(), Failed> {
        let below: Vec<PathBuf> = self.chains[..self.chains.len() - 1]
            .iter()
            .rev()
            .map(|chain| self.store.layer_diff(chain))
            .collect();
        adopt(staged.fd(), &below, Some(self.base)).map_err(|error| self.failed(error))
    }

    fn commit(&self, staged: Staged, facts: &LayerFacts) -> Result<(), Error> {
        staged.commit_layer(self.store, self.chain(), facts)?;
        self.store.add_layer_blob(self.chain(), &self.diff_id.0)?;
        if let Some(blob) = &self.layer.blob {
            self.store.add_layer_blob(self.chain(), &blob.digest)?;
        }
        Ok(())
    }

    fn failed(&self, error: layer::Error) -> Failed {
        let full = error.is_full();
        let shown = escape::quoted(&self.layer.part);
        let mut text = format!("layer {shown}: {error}");
        if full && let Some(mount) = crate::store::mount_point(self.store.root()) {
            text.push_str(&format!(": the file system at {} is full", mount.display()));
        }
        match full {
            true => Failed::Full(Error::new(text)),
            false => Failed::Other(Error::new(text)),
        }
    }
}

/// Whether emptying the trash may help.
enum Failed {
    Full(Error),
    Other(Error),
}

impl Failed {
    fn into_error(self) -> Error {
        match self {
            Self::Full(error) | Self::Other(error) => error,
        }
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

struct Hashing(Hasher);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Tells how far a stream is.
struct Counted<'a> {
    inner: &'a mut dyn Read,
    id: &'a str,
    progress: &'a dyn Progress,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let bytes = count as u64;
        self.progress.event(Event::Advance { id: self.id, bytes });
        Ok(count)
    }
}
