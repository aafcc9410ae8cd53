//! `commit`: what a container changed becomes a layer, and with its configuration an image.
//!
//! ```text
//! upper directory ─ worker ─ tar ─▶ unpacked like any other layer ─▶ DiffId, tree, record
//!                                                                        └─▶ config, manifest, name
//! ```
//!
//! The new layer goes the road of one from a registry, so `save` and `push` write it again bit
//! for bit. Volumes, and what the engine mounted or made to mount on, stay out (S-87).

mod config;

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::engine::dedupe::share_files;
use crate::engine::find::named_here;
use crate::engine::space::of_layer;
use crate::engine::tree::Held;
use crate::engine::views::Container;
use crate::engine::{Engine, Error};
use crate::layer;
use crate::layer::Unpacked;
use crate::layer::adopt::adopt;
use crate::layer::tree::{Job, Times, View};
use crate::store::{LayerFacts, Lease, Staged};
use crate::sys::failpoint::hit;
use crate::types::change::Change;
use crate::types::image::{
    Compression, DOCKER_CONFIG, DOCKER_LAYER, DOCKER_MANIFEST, Manifest, OCI_CONFIG, OCI_LAYER,
    OCI_MANIFEST,
};
use crate::types::progress::Event;
use crate::types::{
    ChainId, Descriptor, DiffId, Digest, ImageConfig, ImageId, Progress, Reference, Status,
    Timestamp,
};

/// `commit`
#[derive(Debug, Clone, Default)]
pub struct CommitRequest {
    /// The new name; `None` makes an image without one.
    pub name: Option<String>,
    pub author: Option<String>,
    pub message: Option<String>,
    /// Applied in order.
    pub changes: Vec<Change>,
    /// `--config`: a configuration that is merged into the image's.
    pub config: Option<Vec<u8>>,
    pub format: ImageFormat,
    /// What `-v` and `--mount` attached becomes volumes of the image.
    pub include_volumes: bool,
    pub pause: Pausing,
    /// One layer instead of one more.
    pub squash: bool,
}

/// Whether a running container stands still meanwhile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Pausing {
    /// Where that can be; else it is said that changes may fall between.
    #[default]
    IfPossible,
    /// `--pause=false`
    No,
}

/// Whose documents describe an image.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ImageFormat {
    #[default]
    Oci,
    Docker,
}

/// A layer that lies unpacked in tmp/.
pub(crate) struct Fresh {
    staged: Staged,
    pub unpacked: Unpacked,
}

impl Engine {
    /// Makes an image of a container.
    pub fn commit(
        &self,
        name: &str,
        request: &CommitRequest,
        progress: &dyn Progress,
    ) -> Result<ImageId, Error> {
        let new = request.name.as_deref().map(named_here).transpose()?;
        let held = self.hold(name)?;
        let what = || format!("committing {}", held.container.record.name);
        let _still = match request.pause {
            Pausing::IfPossible => self.hold_still(&held.container),
            Pausing::No => None,
        };
        let id = self
            .with_space(|| self.commit_held(&held, request, new.as_ref(), progress))
            .map_err(|error| error.while_doing(what()));
        self.sweep_later();
        id
    }

    /// Stops a running container's processes; says so where that cannot be.
    fn hold_still(&self, container: &Container) -> Option<Still<'_>> {
        if container.status != Status::Running {
            return None;
        }
        let id = container.record.id.to_string();
        match self.pause(&id) {
            Ok(()) => Some(Still { engine: self, id }),
            Err(error) => {
                tracing::debug!("{error}");
                self.warn(&format!(
                    "{} cannot be paused here: what it writes meanwhile may be half in the image",
                    container.record.name
                ));
                None
            }
        }
    }

    fn commit_held(
        &self,
        held: &Held,
        request: &CommitRequest,
        name: Option<&Reference>,
        progress: &dyn Progress,
    ) -> Result<ImageId, Error> {
        let container = &held.container;
        let store = self.store()?;
        let image = container.record.image_id.as_ref().ok_or_else(|| {
            Error::new("it has no image to add a layer to: export makes an archive of it")
        })?;
        let raw = store.blob(&image.0)?;
        let base: ImageConfig = serde_json::from_slice(&raw)
            .map_err(|error| Error::new(format!("the image's config: {error}")))?;
        let config = config::of_container(container, &base, request)?;
        let mut lease = store.lease()?;
        let below: Vec<DiffId> = match request.squash {
            true => Vec::new(),
            false => base.rootfs.diff_ids.clone(),
        };
        for chain in ChainId::chain(&below) {
            lease.layer(&chain)?;
            store.needed_layer(&chain)?;
        }
        progress.event(Event::Note("Getting image source signatures"));
        let fresh = self.pack(container, request.squash, progress)?;
        let hex = fresh.unpacked.diff_id.hex();
        progress.event(Event::Note(&format!("Copying blob {}", &hex[..12])));
        let mut diff_ids = below;
        diff_ids.push(fresh.unpacked.diff_id);
        self.keep_layer(fresh, &diff_ids, &mut lease)?;
        let config = config::with_layers(config, &diff_ids, request.format);
        let kept = self.keep_image(&config, &diff_ids, request.format, name, &mut lease)?;
        progress.event(Event::Note(&format!(
            "Copying config {}",
            &kept.hex()[..12]
        )));
        progress.event(Event::Note("Writing manifest to image destination"));
        Ok(kept)
    }

    /// Packs a container's changes, or all of it, and unpacks that as a layer.
    fn pack(
        &self,
        container: &Container,
        squash: bool,
        progress: &dyn Progress,
    ) -> Result<Fresh, Error> {
        let tree = match squash {
            true => self.whole(container)?,
            false => self.upper(container)?,
        };
        self.pack_view(tree, mounted_files(container), Times::Kept, progress)
    }

    /// Packs a tree and unpacks that as a layer.
    pub(crate) fn pack_view(
        &self,
        tree: View,
        left_out: Vec<String>,
        times: Times,
        progress: &dyn Progress,
    ) -> Result<Fresh, Error> {
        let (store, limits) = (self.store()?, self.limits()?);
        let job = Job::Layer {
            limit: limits.bytes,
            left_out,
            times,
        };
        let mut visit = self.visit(vec![tree], job)?;
        let unpacked = self.unpack_fresh(&mut visit.task, Some(Compression::Plain));
        // What the packing worker says comes first: the other one only saw the stream end.
        visit.finish().map_err(|error| of_layer(store, error))?;
        let fresh = unpacked?;
        for line in &fresh.unpacked.warnings {
            progress.event(Event::Warning(line));
        }
        hit("engine.commit.packed")?;
        Ok(fresh)
    }

    /// Unpacks a stream beside the store's layers.
    pub(crate) fn unpack_fresh(
        &self,
        stream: &mut dyn std::io::Read,
        compression: Option<Compression>,
    ) -> Result<Fresh, Error> {
        let store = self.store()?;
        let staged = store.stage()?;
        let base = self.base()?;
        let limits = self.limits()?;
        let unpacked = layer::unpack(stream, compression, staged.fd(), &limits, Some(base))
            .map_err(|error| of_layer(store, error))?;
        Ok(Fresh { staged, unpacked })
    }

    /// Puts an unpacked layer, the topmost of these, into the store.
    pub(crate) fn keep_layer(
        &self,
        fresh: Fresh,
        diff_ids: &[DiffId],
        lease: &mut Lease,
    ) -> Result<(), Error> {
        let store = self.store()?;
        let chains = ChainId::chain(diff_ids);
        let (top, below) = chains.split_last().expect("it has the fresh one");
        lease.layer(top)?;
        if fresh.unpacked.needs_adoption {
            let below: Vec<PathBuf> = below.iter().rev().map(|c| store.layer_diff(c)).collect();
            adopt(fresh.staged.fd(), &below, Some(self.base()?))
                .map_err(|error| of_layer(store, error))?;
        }
        let facts = LayerFacts {
            diff_id: fresh.unpacked.diff_id,
            parent: below.last().copied(),
            size: fresh.unpacked.size,
            entries: fresh.unpacked.entries,
            bare_root: fresh.unpacked.bare_root,
            created: Timestamp::now(),
        };
        share_files(store, &fresh.staged, facts.size, self.base()?)?;
        fresh.staged.commit_layer(store, top, &facts)?;
        store.add_layer_blob(top, &facts.diff_id.0)?;
        Ok(())
    }

    /// Writes config and manifest of an image whose layers are here, and its name last.
    pub(crate) fn keep_image(
        &self,
        config: &[u8],
        diff_ids: &[DiffId],
        format: ImageFormat,
        name: Option<&Reference>,
        lease: &mut Lease,
    ) -> Result<ImageId, Error> {
        self.keep_described(config, diff_ids, format, &BTreeMap::new(), name, lease)
    }

    /// The same, with annotations.
    pub(crate) fn keep_described(
        &self,
        config: &[u8],
        diff_ids: &[DiffId],
        format: ImageFormat,
        annotations: &BTreeMap<String, String>,
        name: Option<&Reference>,
        lease: &mut Lease,
    ) -> Result<ImageId, Error> {
        let store = self.store()?;
        let mut sizes = Vec::new();
        for chain in ChainId::chain(diff_ids) {
            sizes.push(store.needed_layer(&chain)?.facts.size);
        }
        let (media_type, manifest) = manifest(config, diff_ids, &sizes, format, annotations);
        let id = ImageId(Digest::of(config));
        lease.blob(&id.0)?;
        lease.blob(&Digest::of(&manifest))?;
        let known = store.has_image(&Digest::of(&manifest))?;
        let digest = store.add_image(&manifest, media_type, config)?;
        if let Some(name) = name
            && let Err(error) = store.set_name(name, &digest)
        {
            if !known {
                // Nobody asked for an image without a name.
                let _ = store.remove_image(&digest);
            }
            return Err(error.into());
        }
        Ok(id)
    }
}

/// Writes an image's configuration that no container is behind.
pub(crate) fn document(config: ImageConfig, diff_ids: &[DiffId], format: ImageFormat) -> Vec<u8> {
    let draft = config::Draft {
        config,
        comment: None,
        container: String::new(),
    };
    config::with_layers(draft, diff_ids, format)
}

/// A container that stands still until this is dropped.
struct Still<'a> {
    engine: &'a Engine,
    id: String,
}

impl Drop for Still<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.engine.unpause(&self.id) {
            self.engine.warn(&error.to_string());
        }
    }
}

/// Where the engine mounted files; below the root, as the packer has paths.
pub(crate) fn mounted_files(container: &Container) -> Vec<String> {
    let Ok(spec) = crate::engine::bundle::kept_spec(&container.directory) else {
        return Vec::new(); // never started: nothing was mounted
    };
    let mounts = spec.mounts().iter().flatten();
    mounts
        .map(|mount| {
            mount
                .destination()
                .to_string_lossy()
                .trim_matches('/')
                .to_owned()
        })
        .collect()
}

/// A manifest that lists its layers as plain tars.
fn manifest(
    config: &[u8],
    diff_ids: &[DiffId],
    sizes: &[u64],
    format: ImageFormat,
    annotations: &BTreeMap<String, String>,
) -> (&'static str, Vec<u8>) {
    let (manifest, config_type, layer) = match format {
        ImageFormat::Oci => (OCI_MANIFEST, OCI_CONFIG, OCI_LAYER),
        ImageFormat::Docker => (DOCKER_MANIFEST, DOCKER_CONFIG, DOCKER_LAYER),
    };
    let descriptor = |media_type: &str, digest: Digest, size: u64| Descriptor {
        media_type: media_type.to_owned(),
        digest,
        size,
        platform: None,
        annotations: BTreeMap::new(),
        urls: Vec::new(),
    };
    let layers = diff_ids.iter().zip(sizes);
    let document = Manifest {
        schema_version: 2,
        media_type: Some(manifest.to_owned()),
        config: descriptor(config_type, Digest::of(config), config.len() as u64),
        layers: layers
            .map(|(id, size)| descriptor(layer, id.0, *size))
            .collect(),
        annotations: annotations.clone(),
    };
    let bytes = serde_json::to_vec(&document).expect("a manifest has string keys only");
    (manifest, bytes)
}
