//! Images into an archive: Docker's `save` format, OCI layout as archive or directory, `dir:`.
//!
//! Layers are written again from their records, bit for bit, and their digests compared: DiffIds
//! and image IDs survive. An archive appears whole or not at all: it is written beside and
//! renamed. The same image gives the same bytes.

use std::collections::{BTreeMap, HashSet};
use std::io::{BufWriter, Write};
use std::path::Path;

use crate::engine::place::{BUFFER, Directory, Output, Place, writing};
use crate::engine::press::Press;
use crate::engine::views::{ArchiveFormat, Image, SaveRequest};
use crate::engine::{Engine, Error};
use crate::layer::compress::Pressing;
use crate::layer::pack::Archive;
use crate::store::StoredLayer;
use crate::types::event::Event as Happened;
use crate::types::image::{Compression, Family, Index, Manifest, OCI_INDEX, OCI_MANIFEST};
use crate::types::reference::Typed;
use crate::types::{ChainId, Descriptor, Digest, Progress};

/// One image to save and the names it was asked by.
struct Chosen {
    image: Image,
    names: Vec<String>,
}

impl Engine {
    pub fn save(&self, request: &SaveRequest, progress: &dyn Progress) -> Result<(), Error> {
        let chosen = self.chosen(&request.names)?;
        self.save_chosen(&chosen, request, progress)?;
        let to = request.output.as_deref();
        let to = to.map_or_else(|| "-".to_owned(), |path| path.display().to_string());
        for one in &chosen {
            self.record(Happened::image("save", one.image.id.hex(), to.as_str()));
        }
        Ok(())
    }

    fn save_chosen(
        &self,
        chosen: &[Chosen],
        request: &SaveRequest,
        progress: &dyn Progress,
    ) -> Result<(), Error> {
        let one = matches!(
            request.format,
            ArchiveFormat::OciDir | ArchiveFormat::DockerDir | ArchiveFormat::OciArchive
        );
        if chosen.len() > 1 && (one || !request.multi) {
            return Err(Error::new("several images fit only into a docker-archive")
                .hint("use --multi-image-archive with --format docker-archive"));
        }
        let base = self.base()?;
        let saving = Saving {
            press: Press {
                store: self.store()?,
                base,
                progress,
            },
            compress: request.compress,
        };
        match request.format {
            ArchiveFormat::OciDir => {
                let mut place = Directory::new(target(request)?)?;
                saving.layout(&chosen[0], &mut place)?;
                place.commit()
            }
            ArchiveFormat::DockerDir => {
                let mut place = Directory::new(target(request)?)?;
                saving.plain_directory(&chosen[0], &mut place)?;
                place.commit()
            }
            format => {
                let mut output = Output::open(request.output.as_deref())?;
                let mut archive = Archive::new(BufWriter::with_capacity(BUFFER, &mut output.file));
                match format {
                    ArchiveFormat::OciArchive => saving.layout(&chosen[0], &mut archive)?,
                    _ => saving.docker(chosen, &mut archive)?,
                }
                archive.finish().map_err(|error| writing(&error))?;
                crate::sys::failpoint::hit("engine.archive.written")?;
                output.commit()
            }
        }
    }

    /// Looks the words up; two words for one image make one image with two names.
    fn chosen(&self, words: &[String]) -> Result<Vec<Chosen>, Error> {
        let mut chosen: Vec<Chosen> = Vec::new();
        for word in words {
            let image = self.image(word)?;
            let name = asked_name(&image, word);
            match chosen.iter_mut().find(|known| known.image.id == image.id) {
                Some(known) => known.names.extend(name),
                None => chosen.push(Chosen {
                    image,
                    names: name.into_iter().collect(),
                }),
            }
        }
        Ok(chosen)
    }
}

/// The name a word stands for; an id stands for none.
fn asked_name(image: &Image, word: &str) -> Option<String> {
    let typed = Typed::parse(word).ok()?;
    let tag = typed.tag.as_deref().unwrap_or("latest");
    let ending = format!("{}:{tag}", typed.path);
    let fits = |name: &&String| {
        let exact = name.as_str()
            == typed
                .in_registry("localhost")
                .with_default_tag()
                .to_string();
        exact || name.ends_with(&format!("/{ending}"))
    };
    image.names.iter().find(fits).cloned()
}

fn target(request: &SaveRequest) -> Result<&Path, Error> {
    request
        .output
        .as_deref()
        .ok_or_else(|| Error::new("a directory format needs a directory").hint("use --output DIR"))
}

/// What all formats need.
struct Saving<'a> {
    press: Press<'a>,
    compress: bool,
}

const COPYING: &str = "Copying layer";

impl Saving<'_> {
    fn layers(&self, image: &Image) -> Result<Vec<StoredLayer>, Error> {
        let chains = ChainId::chain(&image.config.rootfs.diff_ids);
        let find = |chain: &ChainId| Ok(self.press.store.needed_layer(chain)?);
        chains.iter().map(find).collect()
    }

    fn docker<W: Write>(&self, chosen: &[Chosen], place: &mut Archive<W>) -> Result<(), Error> {
        let mut written = HashSet::new();
        let mut list = Vec::new();
        let mut repositories: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for Chosen { image, names } in chosen {
            let mut parts = Vec::new();
            for layer in self.layers(image)? {
                let part = format!("{}.tar", layer.facts.diff_id.hex());
                if written.insert(part.clone()) {
                    let mut write =
                        |output: &mut dyn Write| self.press.tar(&layer, COPYING, output);
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

    fn layout(&self, chosen: &Chosen, place: &mut dyn Place) -> Result<(), Error> {
        place.folder("blobs")?;
        place.folder("blobs/sha256")?;
        let manifest = self.blobs(&chosen.image, place, Family::Oci, "blobs/sha256/")?;
        let mut descriptor = described(OCI_MANIFEST, &manifest);
        if let Some(name) = chosen.names.first() {
            let annotations = &mut descriptor.annotations;
            annotations.insert("org.opencontainers.image.ref.name".to_owned(), name.clone());
        }
        let part = format!("blobs/sha256/{}", descriptor.digest.hex());
        place.document(&part, &manifest)?;
        let index = Index {
            schema_version: 2,
            media_type: Some(OCI_INDEX.to_owned()),
            manifests: vec![descriptor],
            annotations: BTreeMap::new(),
        };
        place.document("index.json", &json(&index))?;
        place.document("oci-layout", b"{\"imageLayoutVersion\":\"1.0.0\"}")
    }

    fn plain_directory(&self, chosen: &Chosen, place: &mut dyn Place) -> Result<(), Error> {
        let manifest = self.blobs(&chosen.image, place, Family::Docker, "")?;
        place.document("manifest.json", &manifest)?;
        place.document("version", b"Directory Transport Version: 1.1\n")
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
            let pressed = match self.compress {
                true => Some(self.press.pressed(&layer, COPYING, Pressing::GZIP)?),
                false => None,
            };
            if let Some(pressed) = &pressed {
                let gzip = family.layer(Compression::Gzip).unwrap_or_default();
                descriptor.media_type = gzip.to_owned();
                (descriptor.digest, descriptor.size) = (pressed.digest, pressed.size);
            }
            let known = layers.iter().any(|other| other.digest == descriptor.digest);
            let part = format!("{folder}{}", descriptor.digest.hex());
            if !known {
                let mut write = |output: &mut dyn Write| match &pressed {
                    Some(pressed) => pressed.copy(output),
                    None => self.press.tar(&layer, COPYING, output),
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
        Ok(json(&Manifest {
            schema_version: 2,
            media_type: Some(family.manifest().to_owned()),
            config,
            layers,
            annotations: BTreeMap::new(),
        }))
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
