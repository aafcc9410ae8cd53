//! Images into an archive: Docker's `save` format, OCI layout as archive or directory, `dir:`.
//!
//! Layers are written again from their records, bit for bit, and their digests compared: DiffIds
//! and image IDs survive. An archive appears whole or not at all: it is written beside and
//! renamed. The same image gives the same bytes.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io;
use std::io::{BufWriter, IsTerminal, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::engine::archive::said;
use crate::engine::views::{ArchiveFormat, Image, SaveRequest};
use crate::engine::{Engine, Error};
use crate::layer::pack::{Archive, gzipped, write_tar};
use crate::store::{Staged, Store, StoredLayer};
use crate::types::image::{
    DOCKER_CONFIG, DOCKER_LAYER, DOCKER_LAYER_GZIP, DOCKER_MANIFEST, Index, Manifest, OCI_CONFIG,
    OCI_INDEX, OCI_LAYER, OCI_LAYER_GZIP, OCI_MANIFEST,
};
use crate::types::progress::Event;
use crate::types::reference::Typed;
use crate::types::{ChainId, Descriptor, Digest, Progress};
use crate::userns::Base;

const BUFFER: usize = 256 << 10;

/// One image to save and the names it was asked by.
struct Chosen {
    image: Image,
    names: Vec<String>,
}

impl Engine {
    pub fn save(&self, request: &SaveRequest, progress: &dyn Progress) -> Result<(), Error> {
        let chosen = self.chosen(&request.names)?;
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
            base: &base,
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
                    _ => saving.docker(&chosen, &mut archive)?,
                }
                archive.finish().map_err(|error| writing(&error))?;
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

fn writing(error: &io::Error) -> Error {
    Error::new(format!("writing the archive: {}", said(error)))
}

/// Where the parts of an image go: entries of an archive or files of a directory.
trait Place {
    fn folder(&mut self, path: &str) -> Result<(), Error>;
    fn document(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error>;
    /// Adds a part of known size that `write` writes.
    fn part(
        &mut self,
        path: &str,
        size: u64,
        write: &mut dyn FnMut(&mut dyn Write) -> Result<(), Error>,
    ) -> Result<(), Error>;
}

impl<W: Write> Place for Archive<W> {
    fn folder(&mut self, path: &str) -> Result<(), Error> {
        self.directory(path).map_err(|error| writing(&error))
    }

    fn document(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.bytes(path, bytes).map_err(|error| writing(&error))
    }

    fn part(
        &mut self,
        path: &str,
        size: u64,
        write: &mut dyn FnMut(&mut dyn Write) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let begun = self.begin(path, size).map_err(|error| writing(&error))?;
        write(begun)?;
        self.end(size).map_err(|error| writing(&error))
    }
}

/// A directory in the making: made beside, renamed when whole.
struct Directory {
    path: PathBuf,
    place: PathBuf,
    whole: bool,
}

impl Directory {
    /// Begins a directory; where one is already, it must be empty.
    fn new(place: &Path) -> Result<Self, Error> {
        let failed =
            |error: io::Error| Error::new(format!("{}: {}", place.display(), said(&error)));
        match std::fs::read_dir(place) {
            Ok(mut entries) => {
                if entries.next().is_some() {
                    let shown = place.display();
                    return Err(Error::new(format!("{shown} exists and is not empty")));
                }
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            Err(_) => {}
        }
        let path = beside(place);
        std::fs::DirBuilder::new()
            .mode(0o755)
            .create(&path)
            .map_err(failed)?;
        Ok(Self {
            path,
            place: place.to_owned(),
            whole: false,
        })
    }

    /// Renames it into place; rename(2) replaces an empty directory.
    fn commit(mut self) -> Result<(), Error> {
        std::fs::rename(&self.path, &self.place)
            .map_err(|error| Error::new(format!("{}: {}", self.place.display(), said(&error))))?;
        self.whole = true;
        Ok(())
    }

    fn create(&self, path: &str) -> Result<File, Error> {
        let path = self.path.join(path);
        std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o644)
            .open(&path)
            .map_err(|error| Error::new(format!("{}: {}", path.display(), said(&error))))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if !self.whole {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

/// A name beside another, for what is not whole yet.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.components().as_path().as_os_str().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    PathBuf::from(name)
}

impl Place for Directory {
    fn folder(&mut self, path: &str) -> Result<(), Error> {
        let path = self.path.join(path);
        std::fs::create_dir_all(&path)
            .map_err(|error| Error::new(format!("{}: {}", path.display(), said(&error))))
    }

    fn document(&mut self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        self.create(path)?
            .write_all(bytes)
            .map_err(|error| writing(&error))
    }

    fn part(
        &mut self,
        path: &str,
        _size: u64,
        write: &mut dyn FnMut(&mut dyn Write) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut file = BufWriter::with_capacity(BUFFER, self.create(path)?);
        write(&mut file)?;
        file.flush().map_err(|error| writing(&error))
    }
}

/// The archive file: a new one beside the name, or what the name is when it is no file.
struct Output {
    file: File,
    /// The file beside and the name it gets.
    rename: Option<(PathBuf, PathBuf)>,
}

impl Output {
    fn open(path: Option<&Path>) -> Result<Self, Error> {
        let Some(path) = path else {
            let stdout = io::stdout();
            if stdout.is_terminal() {
                return Err(Error::new("an archive is not written to a terminal")
                    .hint("use --output FILE or redirect standard output"));
            }
            let file = std::os::fd::AsFd::as_fd(&stdout).try_clone_to_owned();
            return Ok(Self {
                file: file.map_err(|error| writing(&error))?.into(),
                rename: None,
            });
        };
        let failed = |error: io::Error| Error::new(format!("{}: {}", path.display(), said(&error)));
        let special = std::fs::metadata(path).is_ok_and(|facts| {
            let kind = facts.file_type();
            kind.is_fifo() || kind.is_char_device() || kind.is_block_device()
        });
        if special {
            let file = File::options().write(true).open(path).map_err(failed)?;
            return Ok(Self { file, rename: None });
        }
        if path.is_dir() {
            return Err(Error::new(format!("{} is a directory", path.display())));
        }
        let beside = beside(path);
        let file = File::options()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&beside)
            .map_err(failed)?;
        Ok(Self {
            file,
            rename: Some((beside, path.to_owned())),
        })
    }

    fn commit(mut self) -> Result<(), Error> {
        self.file.flush().map_err(|error| writing(&error))?;
        if let Some((beside, path)) = self.rename.take() {
            std::fs::rename(&beside, &path).map_err(|error| {
                let _ = std::fs::remove_file(&beside);
                Error::new(format!("{}: {}", path.display(), said(&error)))
            })?;
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some((beside, _)) = &self.rename {
            let _ = std::fs::remove_file(beside);
        }
    }
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
