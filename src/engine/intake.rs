//! Layers of an archive on their way into the store: unpacked two at a time, put in place
//! lowest first.
//!
//! A layer counts only under the DiffId computed here; what is here already counts only if this
//! archive's content was seen to be the same (S-23).

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::engine::Error;
use crate::engine::archive::{Archive, said};
use crate::engine::dedupe::share_files;
use crate::engine::offer::OfferedLayer;
use crate::engine::space::of_layer;
use crate::layer;
use crate::layer::Limits;
use crate::layer::adopt::adopt;
use crate::store::{LayerFacts, Staged, Store};
use crate::types::digest::{Hasher, Verify};
use crate::types::progress::Event;
use crate::types::{ChainId, DiffId, Progress, Timestamp, escape};
use crate::userns::Base;

/// What `next` is set to when somebody failed: far beyond any number of layers.
const STOPPED: usize = usize::MAX / 2;
/// Layers unpacked at once: inflating and writing keep a processor busy each.
const AT_ONCE: usize = 2;

/// Brings the layers that are not here; returns the sizes of all, lowest first.
pub fn bring(
    store: &Store,
    base: &Base,
    archive: &Archive,
    layers: &[OfferedLayer],
    diff_ids: &[DiffId],
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<Vec<u64>, Error> {
    let chains = ChainId::chain(diff_ids);
    let next = AtomicUsize::new(0);
    let works: Vec<LayerWork<'_>> = layers
        .iter()
        .enumerate()
        .map(|(at, layer)| LayerWork {
            store,
            base,
            archive,
            layer,
            diff_id: diff_ids[at],
            chains: &chains[..=at],
            limits,
            progress,
            next: &next,
        })
        .collect();
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(works.len()) {
            let sender = sender.clone();
            scope.spawn(|| unpack_all(&works, &next, sender));
        }
        drop(sender);
        put_in_place(&works, &next, &receiver)
    })
}

type Outcome = (usize, Result<Prepared, Error>);

/// Takes one layer after the other until there is none.
fn unpack_all(works: &[LayerWork<'_>], next: &AtomicUsize, sender: mpsc::Sender<Outcome>) {
    while let Some((at, work)) = Some(next.fetch_add(1, Ordering::Relaxed))
        .and_then(|at| works.get(at).map(|work| (at, work)))
    {
        if sender.send((at, work.prepare())).is_err() {
            return; // somebody failed
        }
    }
}

/// Completes what is unpacked, in the order of the image; the first failure ends it all.
fn put_in_place(
    works: &[LayerWork<'_>],
    next: &AtomicUsize,
    receiver: &mpsc::Receiver<Outcome>,
) -> Result<Vec<u64>, Error> {
    let mut ready = BTreeMap::new();
    let mut sizes = Vec::new();
    for (at, outcome) in receiver {
        let step = outcome.and_then(|prepared| {
            ready.insert(at, prepared);
            while let Some(prepared) = ready.remove(&sizes.len()) {
                sizes.push(works[sizes.len()].complete(prepared)?);
            }
            Ok(())
        });
        if let Err(error) = step {
            next.store(STOPPED, Ordering::Relaxed);
            return Err(error);
        }
    }
    Ok(sizes)
}

/// A layer that waits for those below it.
enum Prepared {
    /// It was here; its tar has this size.
    Here(u64),
    Unpacked {
        staged: Staged,
        facts: LayerFacts,
        needs_adoption: bool,
    },
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
    limits: &'a Limits,
    progress: &'a dyn Progress,
    next: &'a AtomicUsize,
}

impl LayerWork<'_> {
    fn chain(&self) -> &ChainId {
        self.chains.last().expect("it ends with this layer's")
    }

    /// Unpacks the layer beside the store's others, unless it is here.
    fn prepare(&self) -> Result<Prepared, Error> {
        let hex = self.diff_id.hex();
        let id = &hex[..12];
        let label = format!("Copying blob {id}");
        self.progress.event(Event::Begin {
            id,
            label: &label,
            total: self.layer.blob.as_ref().map_or(0, |blob| blob.size),
        });
        let prepared = match self.size_if_here()? {
            Some(size) => Prepared::Here(size),
            None => self.unpack(id)?,
        };
        let skipped = matches!(prepared, Prepared::Here(_));
        self.progress.event(Event::Done { id, skipped });
        Ok(prepared)
    }

    /// Puts the layer in its place; those below are there. Returns the tar's size.
    fn complete(&self, prepared: Prepared) -> Result<u64, Error> {
        let (staged, facts) = match prepared {
            Prepared::Here(size) => return Ok(size),
            Prepared::Unpacked {
                staged,
                facts,
                needs_adoption,
            } => {
                if needs_adoption {
                    self.adopt(&staged)?;
                }
                (staged, facts)
            }
        };
        self.commit(staged, &facts)?;
        Ok(facts.size)
    }

    /// Only content that was seen to be this layer may stand for it (S-23).
    fn size_if_here(&self) -> Result<Option<u64>, Error> {
        let Some(stored) = self.store.layer(self.chain())? else {
            return Ok(None);
        };
        let known = match &self.layer.blob {
            Some(blob) => stored.is_from(&blob.digest),
            None => self.is_plain_and_right()?,
        };
        Ok(known.then_some(stored.facts.size))
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

    fn unpack(&self, id: &str) -> Result<Prepared, Error> {
        let reader = self.open()?;
        let staged = self.store.stage()?;
        let mut stream: Box<dyn Read + Send> = match &self.layer.blob {
            Some(blob) => Box::new(Verify::new(reader, blob.digest, blob.size)),
            None => reader,
        };
        let mut counted = Counted {
            inner: &mut *stream,
            id,
            progress: self.progress,
            next: self.next,
        };
        let compression = self.layer.compression;
        let unpacked = layer::unpack(
            &mut counted,
            compression,
            staged.fd(),
            self.limits,
            Some(self.base),
        )
        .map_err(|error| self.failed(error))?;
        if unpacked.diff_id != self.diff_id {
            return Err(Error::new(format!(
                "layer {}: its content is {}, and the config says {}",
                escape::quoted(&self.layer.part),
                unpacked.diff_id,
                self.diff_id
            )));
        }
        for line in &unpacked.warnings {
            let line = format!("layer {id}: {line}");
            self.progress.event(Event::Warning(&line));
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
            bare_root: unpacked.bare_root,
            created: Timestamp::now(),
        };
        Ok(Prepared::Unpacked {
            staged,
            facts,
            needs_adoption: unpacked.needs_adoption,
        })
    }

    fn adopt(&self, staged: &Staged) -> Result<(), Error> {
        let below: Vec<PathBuf> = self.chains[..self.chains.len() - 1]
            .iter()
            .rev()
            .map(|chain| self.store.layer_diff(chain))
            .collect();
        adopt(staged.fd(), &below, Some(self.base)).map_err(|error| self.failed(error))
    }

    fn commit(&self, staged: Staged, facts: &LayerFacts) -> Result<(), Error> {
        share_files(self.store, &staged, facts.size, self.base)?;
        staged.commit_layer(self.store, self.chain(), facts)?;
        self.store.add_layer_blob(self.chain(), &self.diff_id.0)?;
        if let Some(blob) = &self.layer.blob {
            self.store.add_layer_blob(self.chain(), &blob.digest)?;
        }
        Ok(())
    }

    fn failed(&self, error: layer::Error) -> Error {
        let shown = escape::quoted(&self.layer.part);
        of_layer(self.store, error).while_doing(format!("layer {shown}"))
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

/// Tells how far a stream is, and ends it when another layer failed.
struct Counted<'a> {
    inner: &'a mut dyn Read,
    id: &'a str,
    progress: &'a dyn Progress,
    next: &'a AtomicUsize,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.next.load(Ordering::Relaxed) >= STOPPED {
            return Err(std::io::Error::other("another layer failed"));
        }
        let count = self.inner.read(buffer)?;
        let bytes = count as u64;
        self.progress.event(Event::Advance { id: self.id, bytes });
        Ok(count)
    }
}
