//! An image into a registry: the reverse of `pull`.
//!
//! The journey: image in the store → where registries.conf leads → layers, several at once →
//! config → manifest, which comes last: whoever sees the tag finds everything behind it.
//! Layers are the work of `send`. Where every layer is the very blob the image came with, its
//! manifest goes as it was received; else a new one is written, and the config's digest, which is
//! the image's ID, stays.

use std::collections::BTreeMap;

use crate::config::Environment;
use crate::config::registries::Registries;
use crate::engine::find::match_name;
use crate::engine::press::Press;
use crate::engine::send::{Send, Wish};
use crate::engine::views::Image;
use crate::engine::write::{described, json};
use crate::engine::{Engine, Error, PushFormat, PushRequest, Pushed};
use crate::layer::compress::Pressing;
use crate::registry::{self, Client, Content, Held, Selector};
use crate::sys::failpoint::hit;
use crate::types::event::Event as Happened;
use crate::types::image::{Family, Manifest};
use crate::types::progress::Event;
use crate::types::reference::Typed;
use crate::types::registry::Source;
use crate::types::transport::Transport;
use crate::types::{Descriptor, Digest, Progress, Reference, escape};

/// Repositories that blobs may be mounted from: those the image has names in.
const MAX_MOUNTS: usize = 4;

impl Engine {
    /// Sends an image to a registry; returns what its manifest is known by there.
    pub fn push(&self, request: &PushRequest, progress: &dyn Progress) -> Result<Pushed, Error> {
        let image = self.image(&request.image)?;
        let request = &self.filled_in(request)?;
        let place = request.destination.as_deref().map(Transport::parse);
        let place = place.transpose();
        match place.map_err(|error| Error::new(format!("cannot push to {error}")))? {
            Some(Some(Transport::Files(_) | Transport::Store(_)))
                if request.signing.is_wanted() =>
            {
                return Err(Error::new("what goes to no registry is not signed"));
            }
            Some(Some(Transport::Files(files))) => {
                return self.push_to_files(image, &files, request, progress);
            }
            Some(Some(Transport::Store(name))) => return self.push_to_store(&image, &name),
            _ if request.compress => {
                return Err(Error::new("--compress is for a push to dir: only"));
            }
            _ => {}
        }
        let target = target(&image.names, request)?;
        let pushed = self
            .with_space(|| self.push_to(&image, &target, request, progress))
            .map_err(|error| error.while_doing(format!("cannot push {target}")));
        if pushed.is_ok() {
            let name = target.to_string();
            self.record(Happened::image("push", image.id.hex(), name.as_str()));
        }
        self.tidy();
        pushed
    }

    /// Adds what containers.conf says of compression.
    ///
    /// Unlike an option, it changes nothing about layers that a registry has already, nor the
    /// format that was asked for.
    pub(crate) fn filled_in(&self, request: &PushRequest) -> Result<PushRequest, Error> {
        let mut filled = request.clone();
        if let (None, Some(word)) = (request.format, &self.settings.compression_format)
            && !word.is_empty()
        {
            let format = PushFormat::parse(word).ok_or_else(|| {
                let shown = escape::quoted(word);
                let why = "is none of gzip, zstd and zstd:chunked";
                Error::new(format!("compression_format {shown} {why}"))
                    .hint("it is set in containers.conf, or a file of containers.conf.d")
            })?;
            let possible = format == PushFormat::Gzip || request.family != Some(Family::Docker);
            filled.format = Some(format).filter(|_| possible);
        }
        filled.level = request.level.or(self.settings.compression_level);
        Ok(filled)
    }

    fn push_to(
        &self,
        image: &Image,
        target: &Reference,
        request: &PushRequest,
        progress: &dyn Progress,
    ) -> Result<Pushed, Error> {
        let pen = self.pen(&request.signing)?;
        let environment = Environment::current();
        let registries = Registries::load(&environment)?;
        let source = own_source(&registries, target)?;
        let contact = self.contact(&environment, &registries, &request.access);
        let mounts = mounts(&registries, &image.names, &source);
        let goal = Goal {
            client: contact.client(&source)?.for_push(&mounts),
            source,
            mounts,
        };
        let (bytes, media_type) = self.send_image(image, &goal, request, progress)?;
        hit("engine.image.sent")?;
        progress.event(Event::Note("Writing manifest to image destination"));
        let tag = target.tag.clone().unwrap_or_else(|| "latest".to_owned());
        goal.client
            .put_manifest(&Selector::Tag(tag), &bytes, &media_type)?;
        let digest = Digest::of(&bytes);
        pen.sign(&goal.client, &digest, target)?;
        Ok(Pushed {
            digest,
            name: target.to_string(),
        })
    }

    /// Sends an image's layers and config; returns the manifest that names them, and its type.
    pub(crate) fn send_image(
        &self,
        image: &Image,
        goal: &Goal,
        request: &PushRequest,
        progress: &dyn Progress,
    ) -> Result<(Vec<u8>, String), Error> {
        let family = family(image, request)?;
        let how = pressing(family, request)?;
        let store = self.store()?;
        // What is being sent stays, whatever others remove meanwhile.
        let mut lease = store.lease()?;
        lease.blob(&image.manifest_digest)?;
        lease.blob(&image.id.0)?;
        for chain in &crate::types::ChainId::chain(&image.config.rootfs.diff_ids) {
            lease.layer(chain)?;
        }
        let send = Send {
            press: Press {
                store,
                base: self.base()?,
                progress,
            },
            client: &goal.client,
            place: format!("{}/{}", goal.source.registry, goal.source.repository),
            mounts: &goal.mounts,
            wish: Wish {
                family,
                how,
                force: request.force,
            },
            at_once: self.settings.parallel_downloads.unwrap_or(3),
        };
        let layers = send.layers(image)?;
        send_config(&goal.client, image, progress)?;
        manifest(store, image, family, layers)
    }
}

/// The repository a push goes to.
pub(crate) struct Goal {
    pub client: Client,
    pub source: Source,
    /// Other repositories of the registry that may have the blobs.
    pub mounts: Vec<String>,
}

/// Reads where to; without a destination it is the name the image was asked by.
pub(crate) fn target(names: &[String], request: &PushRequest) -> Result<Reference, Error> {
    let Some(text) = &request.destination else {
        let name = match_name(names, &request.image);
        let name = name.or_else(|| names.first().cloned().filter(|_| names.len() == 1));
        let Some(name) = name else {
            let shown = escape::visible(&request.image);
            return Err(
                Error::new(format!("cannot push {shown}: it does not say where to"))
                    .hint("name the destination: coracle push IMAGE REGISTRY/NAME:TAG"),
            );
        };
        return Reference::parse(&name).map_err(|error| Error::new(error.to_string()));
    };
    let bare = text.strip_prefix("docker://").unwrap_or(text);
    let typed =
        Typed::parse(bare).map_err(|error| Error::new(format!("cannot push to {error}")))?;
    if typed.digest.is_some() {
        let shown = escape::visible(text);
        return Err(Error::new(format!(
            "cannot push to {shown}: a push goes to a tag, not to a digest"
        )));
    }
    Ok(typed
        .in_registry(crate::types::reference::DOCKER_HUB)
        .with_default_tag())
}

/// The family of documents to write: as asked for, else as the image has it.
pub(crate) fn family(image: &Image, request: &PushRequest) -> Result<Family, Error> {
    let zstd = matches!(request.format, Some(PushFormat::Zstd | PushFormat::Chunked));
    match request.family {
        Some(Family::Docker) if zstd => Err(Error::new(
            "layers compressed with zstd are not possible in format v2s2",
        )
        .hint("use --format oci")),
        Some(family) => Ok(family),
        None if zstd => Ok(Family::Oci),
        None => Ok(Family::of_manifest(&image.manifest_type)),
    }
}

/// How layers are compressed that must be.
pub(crate) fn pressing(family: Family, request: &PushRequest) -> Result<Pressing, Error> {
    let wrong = |range: &str| {
        Error::new(format!(
            "--compression-level {}: is not from {range}",
            request.level.unwrap_or_default()
        ))
    };
    // A level is the format's own, so one without a format is gzip's.
    match (request.format, request.level) {
        (Some(PushFormat::Zstd), None) if family == Family::Oci => Ok(Pressing::ZSTD),
        (Some(PushFormat::Chunked), None) if family == Family::Oci => Ok(Pressing::CHUNKED),
        (Some(PushFormat::Zstd), Some(level @ 1..=22)) => Ok(Pressing::Zstd(level)),
        (Some(PushFormat::Chunked), Some(level @ 1..=22)) => Ok(Pressing::Chunked(level)),
        (Some(PushFormat::Zstd | PushFormat::Chunked), Some(_)) => Err(wrong("1 to 22")),
        (_, None) => Ok(Pressing::GZIP),
        (_, Some(level)) => match u32::try_from(level) {
            Ok(level @ 0..=9) => Ok(Pressing::Gzip(level)),
            _ => Err(wrong("0 to 9")),
        },
    }
}

/// Where registries.conf leads a push: the registry itself, never a mirror of it.
pub(crate) fn own_source(registries: &Registries, target: &Reference) -> Result<Source, Error> {
    let sources = registries.sources(target)?;
    let own = sources.into_iter().next_back();
    own.ok_or_else(|| Error::new("registries.conf leaves no place to send it to"))
}

/// The repositories of the same registry that the image has names in (S-48).
pub(crate) fn mounts(registries: &Registries, names: &[String], to: &Source) -> Vec<String> {
    let mut found: Vec<String> = names
        .iter()
        .filter_map(|name| own_source(registries, &Reference::parse(name).ok()?).ok())
        .filter(|from| from.registry == to.registry && from.repository != to.repository)
        .map(|from| from.repository)
        .collect();
    found.sort();
    found.dedup();
    found.truncate(MAX_MOUNTS);
    found
}

fn send_config(client: &Client, image: &Image, progress: &dyn Progress) -> Result<(), Error> {
    let digest = image.id.0;
    let size = image.raw_config.len() as u64;
    let line = format!("Copying config {}", &digest.hex()[..12]);
    progress.event(Event::Note(&line));
    if client.has_blob(&digest, Some(size))? {
        return Ok(());
    }
    let content = Content {
        digest,
        size,
        bytes: &Held(&image.raw_config),
    };
    Ok(client.push_blob(&content)?)
}

/// The manifest as it was received, if it still says what is there; else a new one.
pub(crate) fn manifest(
    store: &crate::store::Store,
    image: &Image,
    family: Family,
    layers: Vec<Descriptor>,
) -> Result<(Vec<u8>, String), Error> {
    let same = family == Family::of_manifest(&image.manifest_type)
        && layers.len() == image.manifest.layers.len()
        && layers
            .iter()
            .zip(&image.manifest.layers)
            .all(|(new, old)| new.digest == old.digest);
    if same {
        return Ok((
            store.blob(&image.manifest_digest)?,
            image.manifest_type.clone(),
        ));
    }
    let annotations = match family {
        Family::Oci => image.manifest.annotations.clone(),
        Family::Docker => BTreeMap::new(),
    };
    let bytes = json(&Manifest {
        schema_version: 2,
        media_type: Some(family.manifest().to_owned()),
        config: described(family.config(), &image.raw_config),
        layers,
        annotations,
    });
    Ok((bytes, family.manifest().to_owned()))
}

/// What Podman says when a registry does not let us in at a push.
pub fn not_let_in(error: registry::Error, digest: &Digest, place: &str) -> Error {
    let refused = matches!(error, registry::Error::Unauthorized { .. });
    let mut shown = Error::from(error);
    if refused {
        shown.message =
            format!("checking whether a blob {digest} exists in {place}: authentication required");
    }
    shown
}
