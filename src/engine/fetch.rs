//! The layers of an image: several at once, the largest first, each fetched by one process only.
//!
//! What is here already is not fetched: a layer that this blob was seen to be, above other layers
//! too ([`twin`]); and of a zstd:chunked blob the files that are nowhere in the store ([`partial`]).
//!
//! A layer is unpacked while it is downloaded and hashed. It counts only when three things are
//! proved: the blob's digest and size (`registry`), the DiffId of what was in it (`layer`), and
//! that this very blob is what a stored layer came from (S-23).

mod partial;
mod twin;

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::engine::Error;
use crate::engine::dedupe::share_files;
use crate::engine::space::of_layer;
use crate::layer;
use crate::layer::adopt::adopt;
use crate::layer::{Limits, Refusal, Unpacked};
use crate::registry;
use crate::registry::{Blob, Client};
use crate::store::{Claim, LayerBlob, LayerFacts, Staged, Store, StoredLayer};
use crate::types::chunked::Chunked;
use crate::types::digest::Mismatch;
use crate::types::image::Compression;
use crate::types::progress::Event;
use crate::types::{ChainId, Descriptor, DiffId, Progress, Timestamp};
use crate::userns;

/// More threads than this only wait for each other.
const MAX_AT_ONCE: u32 = 16;

/// A manifest's layers and what the config says is in them.
pub struct Layers {
    all: Vec<Wanted>,
    chains: Vec<ChainId>,
}

/// One layer to bring.
#[derive(Debug, Clone)]
struct Wanted {
    /// From the lowest on.
    position: usize,
    blob: Descriptor,
    compression: Compression,
    /// Where it says its table of contents is.
    chunked: Option<Chunked>,
    diff_id: DiffId,
    chain: ChainId,
    parent: Option<ChainId>,
}

impl Layers {
    /// Pairs blobs and DiffIds, which must be equally many.
    pub fn new(blobs: &[Descriptor], diff_ids: &[DiffId]) -> Result<Self, Error> {
        if blobs.len() != diff_ids.len() {
            return Err(Error::new(format!(
                "the manifest lists {} layers and the config {}",
                blobs.len(),
                diff_ids.len()
            )));
        }
        let chains = ChainId::chain(diff_ids);
        let mut all = Vec::new();
        for (at, blob) in blobs.iter().enumerate() {
            let compression = Compression::of_media_type(&blob.media_type).ok_or_else(|| {
                let kind = crate::types::escape::quoted(&blob.media_type);
                Error::new(format!("{kind} is not the type of a layer"))
            })?;
            all.push(Wanted {
                position: at,
                blob: blob.clone(),
                compression,
                chunked: chunked(blob, compression),
                diff_id: diff_ids[at],
                chain: chains[at],
                parent: at.checked_sub(1).map(|below| chains[below]),
            });
        }
        Ok(Self { all, chains })
    }

    pub fn chains(&self) -> &[ChainId] {
        &self.chains
    }
}

/// Where layers come from and go to.
pub struct Fetch<'a> {
    pub store: &'a Store,
    pub client: &'a Arc<Client>,
    pub progress: &'a dyn Progress,
    pub at_once: u32,
    pub limits: Limits,
    /// Of zstd:chunked blobs only what is missing is fetched.
    pub partial: bool,
}

/// What the threads share.
struct Shared {
    queue: Mutex<VecDeque<Wanted>>,
    progress: Mutex<Standing>,
    failure: Mutex<Option<Error>>,
    stop: AtomicBool,
}

/// How far the image is.
struct Standing {
    /// By position in the image: in the store.
    here: Vec<bool>,
    /// Unpacked, but wanting a look at the layers below before they count.
    ready: BTreeMap<usize, Ready>,
}

/// An unpacked layer that waits for those below it.
struct Ready {
    wanted: Wanted,
    staged: Staged,
    facts: LayerFacts,
    proof: Proof,
    /// Held so that nobody else downloads it meanwhile.
    claim: Option<Claim>,
}

/// What was seen to be the layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// The blob.
    Blob,
    /// What its table of contents says; the blob itself was not seen whole.
    Table,
}

impl Fetch<'_> {
    /// Brings every layer that is not here; `base` is only asked for when there is one.
    pub fn bring(
        &self,
        layers: &Layers,
        base: impl FnOnce() -> Result<userns::Base, Error>,
    ) -> Result<(), Error> {
        let mut missing = Vec::new();
        let mut here = Vec::new();
        for wanted in &layers.all {
            here.push(self.is_here(wanted)?);
            if here.last() == Some(&true) {
                let id = short(&wanted.blob);
                self.progress.event(Event::Done {
                    id: &id,
                    skipped: true,
                });
            } else {
                missing.push(wanted.clone());
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        let base = base()?;
        missing.sort_by_key(|wanted| std::cmp::Reverse(wanted.blob.size));
        let threads = (self.at_once.clamp(1, MAX_AT_ONCE) as usize).min(missing.len());
        let shared = Shared {
            queue: Mutex::new(missing.into()),
            progress: Mutex::new(Standing {
                here,
                ready: BTreeMap::new(),
            }),
            failure: Mutex::new(None),
            stop: AtomicBool::new(false),
        };
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| self.work(&shared, layers, &base));
            }
        });
        let failure = shared.failure.into_inner();
        match failure.unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Takes layers off the queue until it is empty or somebody failed.
    fn work(&self, shared: &Shared, layers: &Layers, base: &userns::Base) {
        while !shared.stop.load(Ordering::Relaxed) {
            let next = lock(&shared.queue).pop_front();
            let Some(wanted) = next else { return };
            let outcome = self
                .layer(&wanted, shared, base)
                .and_then(|()| self.complete(shared, layers, base));
            if let Err(error) = outcome {
                // The first failure is the cause; the others only stopped because of it.
                if !shared.stop.swap(true, Ordering::Relaxed) {
                    *lock(&shared.failure) = Some(error);
                }
            }
        }
    }

    fn is_here(&self, wanted: &Wanted) -> Result<bool, Error> {
        let stored = self.store.layer(&wanted.chain)?;
        let is_it = |layer: StoredLayer| {
            let table = wanted.chunked.as_ref();
            layer.is_from(&wanted.blob.digest)
                || table.is_some_and(|table| layer.is_from_table(&table.digest))
        };
        Ok(stored.is_some_and(is_it))
    }

    /// Brings one layer, unless another process has just done so.
    fn layer(&self, wanted: &Wanted, shared: &Shared, base: &userns::Base) -> Result<(), Error> {
        let id = short(&wanted.blob);
        let label = format!("Copying blob {id}");
        let total = wanted.blob.size;
        self.progress.event(Event::Begin {
            id: &id,
            label: &label,
            total,
        });
        let claim = self.claim(wanted, &id, shared)?;
        let skipped = self.is_here(wanted)?;
        if skipped {
            lock(&shared.progress).here[wanted.position] = true;
        } else {
            self.download(wanted, &id, shared, claim, base)?;
        }
        self.progress.event(Event::Done { id: &id, skipped });
        Ok(())
    }

    /// Waits until nobody else fetches this blob.
    fn claim(&self, wanted: &Wanted, id: &str, shared: &Shared) -> Result<Claim, Error> {
        let claim = self.store.claim(&wanted.blob.digest, &mut |waited| {
            if waited < Duration::from_secs(1) {
                let line = format!("Waiting for another command that fetches {id}");
                self.progress.event(Event::Note(&line));
            } else {
                // Whoever we wait for may wait for one of ours: nobody holds and waits for long.
                for ready in lock(&shared.progress).ready.values_mut() {
                    ready.claim = None;
                }
            }
            !shared.stop.load(Ordering::Relaxed)
        });
        Ok(claim?)
    }

    fn download(
        &self,
        wanted: &Wanted,
        id: &str,
        shared: &Shared,
        claim: Claim,
        base: &userns::Base,
    ) -> Result<(), Error> {
        // What comes after the end of an archive is read too: the digest is of all of it.
        let limit = self.limits.bytes;
        if wanted.blob.size > limit {
            let why = Refusal::TooBig { limit };
            let error = layer::Error::Refused { entry: None, why };
            return Err(self.failed(error, &wanted.blob));
        }
        let (staged, unpacked, proof) = self.of_anywhere(wanted, id, &shared.stop, base)?;
        if unpacked.diff_id != wanted.diff_id {
            return Err(Error::new(format!(
                "layer {}: it holds {}, and the config says {}",
                wanted.blob.digest, unpacked.diff_id, wanted.diff_id
            )));
        }
        for line in &unpacked.warnings {
            self.progress.event(Event::Warning(line));
        }
        let facts = LayerFacts {
            diff_id: wanted.diff_id,
            parent: wanted.parent,
            size: unpacked.size,
            entries: unpacked.entries,
            bare_root: unpacked.bare_root,
            created: Timestamp::now(),
        };
        let ready = Ready {
            wanted: wanted.clone(),
            staged,
            facts,
            proof,
            claim: Some(claim),
        };
        if unpacked.needs_adoption {
            lock(&shared.progress).ready.insert(wanted.position, ready);
            return Ok(());
        }
        self.commit(ready, base)?;
        lock(&shared.progress).here[wanted.position] = true;
        Ok(())
    }

    /// Unpacks a layer from where it costs least.
    fn of_anywhere(
        &self,
        wanted: &Wanted,
        id: &str,
        stop: &AtomicBool,
        base: &userns::Base,
    ) -> Result<(Staged, Unpacked, Proof), Error> {
        if let Some((staged, unpacked)) = self.of_twin(wanted, base)? {
            return Ok((staged, unpacked, Proof::Blob));
        }
        if let Some((staged, unpacked)) = self.of_parts(wanted, id, stop, base)? {
            return Ok((staged, unpacked, Proof::Table));
        }
        let staged = self.store.stage()?;
        let unpacked = self.unpack(wanted, id, stop, &staged, base)?;
        Ok((staged, unpacked, Proof::Blob))
    }

    /// Unpacks a blob while it is downloaded.
    fn unpack(
        &self,
        wanted: &Wanted,
        id: &str,
        stop: &AtomicBool,
        staged: &Staged,
        base: &userns::Base,
    ) -> Result<Unpacked, Error> {
        let mut stream = Watched {
            blob: self.client.blob(&wanted.blob)?,
            id,
            progress: self.progress,
            stop,
        };
        let compression = Some(wanted.compression);
        let unpacked = layer::unpack(
            &mut stream,
            compression,
            staged.fd(),
            &self.limits,
            Some(base),
        );
        match unpacked {
            // The digest is only proved by the blob's end, and a tar may end before it.
            Ok(unpacked) => match io::copy(&mut stream, &mut io::sink()) {
                Ok(_) => Ok(unpacked),
                Err(error) => Err(of_stream(error, &wanted.blob)),
            },
            Err(layer::Error::Stream(error)) => Err(of_stream(error, &wanted.blob)),
            Err(error) => Err(self.failed(error, &wanted.blob)),
        }
    }

    /// Names the layer, and the file system that is full.
    fn failed(&self, error: layer::Error, blob: &Descriptor) -> Error {
        of_layer(self.store, error).while_doing(format!("layer {}", blob.digest))
    }

    /// Completes every ready layer whose layers below are all here, lowest first.
    fn complete(&self, shared: &Shared, layers: &Layers, base: &userns::Base) -> Result<(), Error> {
        let mut standing = lock(&shared.progress);
        while let Some(entry) = standing.ready.first_entry() {
            let position = *entry.key();
            if !standing.here[..position].iter().all(|here| *here) {
                return Ok(());
            }
            let Some(ready) = standing.ready.remove(&position) else {
                return Ok(());
            };
            let below: Vec<PathBuf> = layers.chains[..position]
                .iter()
                .rev()
                .map(|chain| self.store.layer_diff(chain))
                .collect();
            adopt(ready.staged.fd(), &below, Some(base))
                .map_err(|error| self.failed(error, &ready.wanted.blob))?;
            self.commit(ready, base)?;
            standing.here[position] = true;
        }
        Ok(())
    }

    /// Puts a layer into the store; only then others may look whether it is there.
    fn commit(&self, ready: Ready, base: &userns::Base) -> Result<(), Error> {
        let chain = &ready.wanted.chain;
        share_files(self.store, &ready.staged, ready.facts.size, base)?;
        ready.staged.commit_layer(self.store, chain, &ready.facts)?;
        match (ready.proof, ready.wanted.chunked) {
            (Proof::Table, Some(table)) => self.store.add_layer_table(chain, &table.digest)?,
            (_, chunked) => {
                let blob = LayerBlob {
                    digest: ready.wanted.blob.digest,
                    size: ready.wanted.blob.size,
                    compression: ready.wanted.compression,
                    chunked,
                };
                self.store.describe_layer_blob(chain, &blob)?;
            }
        }
        drop(ready.claim);
        Ok(())
    }
}

/// A blob whose bytes are counted, which ends when another thread failed.
struct Watched<'a> {
    blob: Blob,
    id: &'a str,
    progress: &'a dyn Progress,
    stop: &'a AtomicBool,
}

impl Read for Watched<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
        }
        let count = self.blob.read(buf)?;
        let bytes = count as u64;
        self.progress.event(Event::Advance { id: self.id, bytes });
        Ok(count)
    }
}

/// The reader's error as the situation it was.
fn of_stream(error: io::Error, blob: &Descriptor) -> Error {
    let what = format!("blob {}", blob.digest);
    let text = error.to_string();
    let Some(inner) = error.into_inner() else {
        return Error::new(format!("{what}: {text}"));
    };
    match inner.downcast::<registry::Error>() {
        Ok(error) => Error::from(*error).while_doing(what),
        Err(inner) => match inner.downcast::<Mismatch>() {
            Ok(mismatch) => Error::from(registry::Error::Mismatch {
                what,
                mismatch: *mismatch,
            }),
            Err(_) => Error::new(format!("{what}: {text}")),
        },
    }
}

/// What the annotations say of a table of contents.
fn chunked(blob: &Descriptor, compression: Compression) -> Option<Chunked> {
    Chunked::of(&blob.annotations).filter(|_| compression == Compression::Zstd)
}

fn short(blob: &Descriptor) -> String {
    blob.digest.hex()[..12].to_owned()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
