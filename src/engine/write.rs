//! Images written into files: Docker's `save` format, the OCI image layout, the plain directory
//! form. One writer for each, whoever asks: `save`, `push` to a transport, `image scp`.
//!
//! moby image/spec/v1.2.md, image-spec image-layout.md and containers-transports(5). Layers are
//! written again from their records, bit for bit, and their digests compared: DiffIds and image
//! IDs survive. The same image gives the same bytes.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;

use crate::engine::Error;
use crate::engine::load::docker_manifest;
use crate::engine::offer::REF_NAME;
use crate::engine::place::Place;
use crate::engine::press::Press;
use crate::engine::push::manifest;
use crate::engine::views::Image;
use crate::layer::compress::Pressing;
use crate::layer::pack::Archive;
use crate::store::StoredLayer;
use crate::types::chunked::Chunked;
use crate::types::image::{Compression, Family, Index, OCI_INDEX, OCI_MANIFEST};
use crate::types::progress::Event;
use crate::types::{ChainId, Descriptor, Digest};

/// One image to write and the names it gets there.
pub struct Chosen {
    pub image: Image,
    pub names: Vec<String>,
}

/// What all forms need.
pub struct Writer<'a> {
    pub press: Press<'a>,
    /// How layers are compressed; `None` leaves them plain.
    pub how: Option<Pressing>,
    /// What is said to be done with a layer.
    pub doing: &'static str,
}

impl Writer<'_> {
    fn layers(&self, image: &Image) -> Result<Vec<StoredLayer>, Error> {
        let chains = ChainId::chain(&image.config.rootfs.diff_ids);
        let find = |chain: &ChainId| Ok(self.press.store.needed_layer(chain)?);
        chains.iter().map(find).collect()
    }

    /// The digest of what a Docker archive's reader takes for the image's manifest.
    pub fn docker_digest(&self, image: &Image) -> Result<Digest, Error> {
        let layers = self.layers(image)?;
        let sizes: Vec<u64> = layers.iter().map(|layer| layer.facts.size).collect();
        let diff_ids = &image.config.rootfs.diff_ids;
        let manifest = docker_manifest(&image.raw_config, diff_ids, &sizes);
        Ok(Digest::of(&manifest))
    }

    pub fn docker<W: Write>(&self, chosen: &[Chosen], place: &mut Archive<W>) -> Result<(), Error> {
        let mut written = HashSet::new();
        let mut list = Vec::new();
        let mut repositories: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for Chosen { image, names } in chosen {
            let mut parts = Vec::new();
            for layer in self.layers(image)? {
                let part = format!("{}.tar", layer.facts.diff_id.hex());
                if written.insert(part.clone()) {
                    let mut write =
                        |output: &mut dyn Write| self.press.tar(&layer, self.doing, output);
                    place.part(&part, layer.facts.size, &mut write)?;
                }
                parts.push(part);
            }
            let config = format!("{}.json", image.id.hex());
            if written.insert(config.clone()) {
                place.document(&config, &image.raw_config)?;
            }
            for name in names {
                let top = parts
                    .last()
                    .map_or("", |part| part.trim_end_matches(".tar"));
                if let Some((repository, tag)) = name.rsplit_once(':') {
                    let tags = repositories.entry(repository.to_owned()).or_default();
                    tags.insert(tag.to_owned(), top.to_owned());
                }
            }
            list.push(serde_json::json!({
                "Config": config, "RepoTags": names, "Layers": parts,
            }));
        }
        place.document("manifest.json", &json(&list))?;
        place.document("repositories", &json(&repositories))
    }

    /// Writes an OCI layout of one image; returns how its index names it.
    pub fn layout(&self, chosen: &Chosen, place: &mut dyn Place) -> Result<Descriptor, Error> {
        place.folder("blobs")?;
        place.folder("blobs/sha256")?;
        let manifest = self.blobs(&chosen.image, place, Family::Oci, "blobs/sha256/")?;
        let mut descriptor = described(OCI_MANIFEST, &manifest);
        if let Some(name) = chosen.names.first() {
            let annotations = &mut descriptor.annotations;
            annotations.insert(REF_NAME.to_owned(), name.clone());
        }
        let part = format!("blobs/sha256/{}", descriptor.digest.hex());
        place.document(&part, &manifest)?;
        let index = Index {
            schema_version: 2,
            media_type: Some(OCI_INDEX.to_owned()),
            manifests: vec![descriptor.clone()],
            annotations: BTreeMap::new(),
        };
        place.document("index.json", &json(&index))?;
        place.document("oci-layout", b"{\"imageLayoutVersion\":\"1.0.0\"}")?;
        Ok(descriptor)
    }

    /// Writes the plain directory form; returns the manifest's digest.
    pub fn plain_directory(
        &self,
        image: &Image,
        family: Family,
        place: &mut dyn Place,
    ) -> Result<Digest, Error> {
        let manifest = self.blobs(image, place, family, "")?;
        place.document("manifest.json", &manifest)?;
        place.document("version", b"Directory Transport Version: 1.1\n")?;
        Ok(Digest::of(&manifest))
    }

    /// Writes config and layers; returns the manifest that names them.
    fn blobs(
        &self,
        image: &Image,
        place: &mut dyn Place,
        family: Family,
        folder: &str,
    ) -> Result<Vec<u8>, Error> {
        let mut layers: Vec<Descriptor> = Vec::new();
        for layer in self.layers(image)? {
            let plain = family.layer(Compression::Plain).unwrap_or_default();
            let mut descriptor = Descriptor {
                size: layer.facts.size,
                digest: layer.facts.diff_id.0,
                ..described(plain, b"")
            };
            let press = |how| self.press.pressed(&layer, self.doing, how);
            let pressed = self.how.map(press).transpose()?;
            if let Some(pressed) = &pressed {
                let compression = self.how.map_or(Compression::Plain, Pressing::compression);
                let media_type = family.layer(compression).unwrap_or_default();
                descriptor.media_type = media_type.to_owned();
                (descriptor.digest, descriptor.size) = (pressed.digest, pressed.size);
                let table = pressed.chunked.as_ref().map(Chunked::annotations);
                descriptor.annotations = table.unwrap_or_default();
            }
            let known = layers.iter().any(|other| other.digest == descriptor.digest);
            let part = format!("{folder}{}", descriptor.digest.hex());
            if !known {
                let mut write = |output: &mut dyn Write| match &pressed {
                    Some(pressed) => pressed.copy(output),
                    None => self.press.tar(&layer, self.doing, output),
                };
                place.part(&part, descriptor.size, &mut write)?;
            }
            layers.push(descriptor);
        }
        let config = described(family.config(), &image.raw_config);
        place.document(
            &format!("{folder}{}", config.digest.hex()),
            &image.raw_config,
        )?;
        let line = format!("Copying config {}", &config.digest.hex()[..12]);
        self.press.progress.event(Event::Note(&line));
        let (manifest, _) = manifest(self.press.store, image, family, layers)?;
        let line = "Writing manifest to image destination";
        self.press.progress.event(Event::Note(line));
        Ok(manifest)
    }
}

pub fn described(media_type: &str, bytes: &[u8]) -> Descriptor {
    Descriptor {
        media_type: media_type.to_owned(),
        digest: Digest::of(bytes),
        size: bytes.len() as u64,
        platform: None,
        annotations: BTreeMap::new(),
        urls: Vec::new(),
    }
}

pub fn json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("documents of ours have string keys only")
}
