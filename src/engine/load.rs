//! Images from an archive: Docker's `save` format, an OCI image layout as archive or directory,
//! and the plain directory form of containers-transports(5), "dir:".
//!
//! Whatever the archive calls its parts, every blob is kept under the digest computed here, every
//! layer under DiffIds computed here, and tags are moved last, each with a word about what it
//! meant before (S-36, S-37).

use std::path::Path;

use crate::config::Environment;
use crate::config::policy::Policy;
use crate::engine::archive::Archive;
use crate::engine::intake::bring;
use crate::engine::offer::{Offered, offered, parse, the_one};
use crate::engine::{Engine, Error, Pulled};
use crate::layer::Limits;
use crate::store::Store;
use crate::types::event::Event as Happened;
use crate::types::image::{DOCKER_CONFIG, DOCKER_LAYER, DOCKER_MANIFEST, Manifest};
use crate::types::progress::Event;
use crate::types::transport::Files;
use crate::types::{ChainId, Descriptor, DiffId, Digest, ImageConfig, ImageId, Progress};
use crate::userns::Base;

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
            Some(path) if is_address(path) => {
                let address = path.to_string_lossy();
                let proxies = Environment::current().proxies();
                let body = crate::registry::download(&address, proxies)?;
                Archive::read(body, stage)?
            }
            Some(path) => Archive::open(path, stage)?,
            None => Archive::read(std::io::stdin().lock(), stage)?,
        };
        let offered = offered(&archive)?;
        let mut loaded = Vec::new();
        for image in self.keep_offered(&archive, offered, input, progress)? {
            let from = input.map_or_else(|| "-".to_owned(), |path| path.display().to_string());
            self.record(Happened::image("loadfromarchive", image.id.hex(), from));
            loaded.extend(image.names);
        }
        Ok(loaded)
    }

    /// Reads an archive from a pipe; `ended` says whether its writer has come to a good end, which
    /// is asked before anything is kept.
    pub(crate) fn load_stream(
        &self,
        stream: impl std::io::Read,
        from: &str,
        progress: &dyn Progress,
        ended: impl FnOnce() -> Result<(), Error>,
    ) -> Result<Vec<String>, Error> {
        let store = self.store()?;
        let archive = Archive::read(stream, || Ok(store.stage()?));
        ended()?;
        let archive = archive?;
        let offered = offered(&archive)?;
        let loaded = self.keep_offered(&archive, offered, None, progress);
        self.sweep_later();
        let mut names = Vec::new();
        for image in loaded? {
            self.record(Happened::image("loadfromarchive", image.id.hex(), from));
            names.extend(image.names);
        }
        Ok(names)
    }

    /// Brings the one image of a file or directory: containers-transports(5).
    pub(crate) fn load_one(&self, files: &Files, progress: &dyn Progress) -> Result<Pulled, Error> {
        let store = self.store()?;
        let archive = Archive::open(&files.path, || Ok(store.stage()?))?;
        let image = the_one(&archive, files)?;
        let loaded = self.keep_offered(&archive, vec![image], Some(&files.path), progress);
        self.sweep_later();
        let image = loaded?.remove(0);
        Ok(Pulled {
            id: image.id,
            name: image.names.into_iter().next().unwrap_or_default(),
        })
    }

    /// Brings images whose documents were read, if the policy takes them from there.
    fn keep_offered(
        &self,
        archive: &Archive,
        offered: Vec<Offered>,
        input: Option<&Path>,
        progress: &dyn Progress,
    ) -> Result<Vec<Loaded>, Error> {
        let store = self.store()?;
        let policy = Policy::load(&Environment::current())?;
        #[allow(
            clippy::disallowed_methods,
            reason = "only names the policy's scope; the archive is open already"
        )]
        let place = input.and_then(|path| std::fs::canonicalize(path).ok());
        for image in &offered {
            policy.check_file(image.transport, place.as_deref())?;
        }
        let base = self.base()?;
        let limits = self.limits()?;
        let mut loaded = Vec::new();
        for image in offered {
            let load = || load_image(store, base, archive, &image, &limits, progress);
            loaded.push(Loaded {
                names: self.with_space(load)?,
                id: ImageId(Digest::of(&image.config)),
            });
        }
        Ok(loaded)
    }
}

/// An image that is here now.
struct Loaded {
    id: ImageId,
    /// What was moved to it, or its id.
    names: Vec<String>,
}

/// Whether an archive is to be fetched: what a user calls a path is never one of these.
fn is_address(path: &Path) -> bool {
    path.starts_with("http:") || path.starts_with("https:")
}

/// Brings one image into the store; returns what it is called now.
fn load_image(
    store: &Store,
    base: &Base,
    archive: &Archive,
    image: &Offered,
    limits: &Limits,
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
    for chain in ChainId::chain(diff_ids) {
        lease.layer(&chain)?;
    }
    let sizes = bring(
        store,
        base,
        archive,
        &image.layers,
        diff_ids,
        limits,
        progress,
    )?;
    let manifest = match image.manifest.is_empty() {
        false => image.manifest.clone(),
        true => docker_manifest(&image.config, diff_ids, &sizes),
    };
    lease.blob(&Digest::of(&manifest))?;
    let known = store.has_image(&Digest::of(&manifest))?;
    let digest = store.add_image(&manifest, &image.media_type, &image.config)?;
    let mut names = Vec::new();
    for name in &image.names {
        match store.set_name(name, &digest) {
            Ok(Some(before)) => {
                let line = format!("{name} was {before}, now {digest}");
                progress.event(Event::Note(&line));
            }
            Ok(None) => {}
            Err(error) => {
                if !known {
                    // Without its names nobody asked for it.
                    let _ = store.remove_image(&digest);
                }
                return Err(error.into());
            }
        }
        names.push(name.to_string());
    }
    if names.is_empty() {
        names.push(id.to_string());
    }
    Ok(names)
}

/// A manifest for an image that comes without one: its layers as plain tars.
pub fn docker_manifest(config: &[u8], diff_ids: &[DiffId], sizes: &[u64]) -> Vec<u8> {
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
