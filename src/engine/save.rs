//! Images into an archive: Docker's `save` format, OCI layout as archive or directory, `dir:`.
//!
//! Layers are written again from their records, bit for bit, and their digests compared: DiffIds
//! and image IDs survive. An archive appears whole or not at all: it is written beside and
//! renamed. The same image gives the same bytes.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io;
use std::io::{BufWriter, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::engine::archive::said;
use crate::engine::place::{BUFFER, Directory, Output, Place, writing};
use crate::engine::views::{ArchiveFormat, Image, SaveRequest};
use crate::engine::{Engine, Error};
use crate::layer::pack::{Archive, gzipped, write_tar};
use crate::store::{Staged, Store, StoredLayer};
use crate::types::event::Event as Happened;
use crate::types::image::{
    DOCKER_CONFIG, DOCKER_LAYER, DOCKER_LAYER_GZIP, DOCKER_MANIFEST, Index, Manifest, OCI_CONFIG,
    OCI_INDEX, OCI_LAYER, OCI_LAYER_GZIP, OCI_MANIFEST,
};
use crate::types::progress::Event;
use crate::types::reference::Typed;
use crate::types::{ChainId, Descriptor, Digest, Progress};
use crate::userns::Base;

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
            store: self.store()?,
            base,
            progress,
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
    store: &'a Store,
    base: &'a Base,
    progress: &'a dyn Progress,
    compress: bool,
}

/// A layer compressed beforehand: the size must be known before the content.
struct Pressed {
    _stage: Staged,
    file: File,
    digest: Digest,
    size: u64,
}

impl Saving<'_> {
    fn layers(&self, image: &Image) -> Result<Vec<StoredLayer>, Error> {
        let chains = ChainId::chain(&image.config.rootfs.diff_ids);
        let find = |chain: &ChainId| Ok(self.store.needed_layer(chain)?);
        chains.iter().map(find).collect()
    }

    /// Writes a layer's tar and sees that it is what it was.
    fn tar(&self, layer: &StoredLayer, output: &mut dyn Write) -> Result<(), Error> {
        let hex = layer.facts.diff_id.hex();
        let id = &hex[..12];
        let label = format!("Copying layer {id}");
        self.progress.event(Event::Begin {
            id,
            label: &label,
            total: layer.facts.size,
        });
        let written = write_tar(&layer.path, output, Some(self.base));
        let (digest, _) = written.map_err(|error| match error {
            crate::layer::Error::Stream(error) => writing(&error),
            error => Error::new(format!("layer {id}: {error}")),
        })?;
        if digest != layer.facts.diff_id {
            return Err(Error::new(format!(
                "layer {id} is damaged: its files give {digest}"
            )));
        }
        self.progress.event(Event::Done { id, skipped: false });
        Ok(())
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
                    let mut write = |output: &mut dyn Write| self.tar(&layer, output);
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
        let types = Types {
            manifest: OCI_MANIFEST,
            config: OCI_CONFIG,
            layer: OCI_LAYER,
            layer_gzip: OCI_LAYER_GZIP,
        };
        let manifest = self.blobs(&chosen.image, place, &types, "blobs/sha256/")?;
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
        let types = Types {
            manifest: DOCKER_MANIFEST,
            config: DOCKER_CONFIG,
            layer: DOCKER_LAYER,
            layer_gzip: DOCKER_LAYER_GZIP,
        };
        let manifest = self.blobs(&chosen.image, place, &types, "")?;
        place.document("manifest.json", &manifest)?;
        place.document("version", b"Directory Transport Version: 1.1\n")
    }

    /// Writes config and layers; returns the manifest that names them.
    fn blobs(
        &self,
        image: &Image,
        place: &mut dyn Place,
        types: &Types,
        folder: &str,
    ) -> Result<Vec<u8>, Error> {
        let mut layers: Vec<Descriptor> = Vec::new();
        for layer in self.layers(image)? {
            let mut descriptor = Descriptor {
                media_type: types.layer.to_owned(),
                size: layer.facts.size,
                ..described(types.layer, b"")
            };
            descriptor.digest = layer.facts.diff_id.0;
            let pressed = match self.compress {
                true => Some(self.press(&layer)?),
                false => None,
            };
            if let Some(pressed) = &pressed {
                descriptor.media_type = types.layer_gzip.to_owned();
                (descriptor.digest, descriptor.size) = (pressed.digest, pressed.size);
            }
            let known = layers.iter().any(|other| other.digest == descriptor.digest);
            let part = format!("{folder}{}", descriptor.digest.hex());
            if !known {
                let mut write = |output: &mut dyn Write| match &pressed {
                    Some(pressed) => pressed.copy(output),
                    None => self.tar(&layer, output),
                };
                place.part(&part, descriptor.size, &mut write)?;
            }
            layers.push(descriptor);
        }
        let config = described(types.config, &image.raw_config);
        place.document(
            &format!("{folder}{}", config.digest.hex()),
            &image.raw_config,
        )?;
        Ok(json(&Manifest {
            schema_version: 2,
            media_type: Some(types.manifest.to_owned()),
            config,
            layers,
            annotations: BTreeMap::new(),
        }))
    }

    /// Compresses a layer into tmp/.
    fn press(&self, layer: &StoredLayer) -> Result<Pressed, Error> {
        let stage = self.store.stage()?;
        let path = stage.path().join("layer");
        let file = File::options()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(|error| Error::new(format!("{}: {}", path.display(), said(&error))))?;
        let mut compressed = gzipped(&file);
        self.tar(layer, &mut compressed)?;
        let (digest, size) = compressed.finish().map_err(|error| writing(&error))?;
        Ok(Pressed {
            _stage: stage,
            file,
            digest,
            size,
        })
    }
}

impl Pressed {
    fn copy(&self, output: &mut dyn Write) -> Result<(), Error> {
        let mut file = &self.file;
        file.seek(io::SeekFrom::Start(0))
            .map_err(|error| writing(&error))?;
        io::copy(&mut file, output).map_err(|error| writing(&error))?;
        Ok(())
    }
}

/// The media types of one family.
struct Types {
    manifest: &'static str,
    config: &'static str,
    layer: &'static str,
    layer_gzip: &'static str,
}

fn described(media_type: &str, bytes: &[u8]) -> Descriptor {
    Descriptor {
        media_type: media_type.to_owned(),
        digest: Digest::of(bytes),
        size: bytes.len() as u64,
        platform: None,
        annotations: BTreeMap::new(),
        urls: Vec::new(),
    }
}

fn json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("documents of ours have string keys only")
}
