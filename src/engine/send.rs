//! The layers of an image on their way to a registry: several at once, the largest first.
//!
//! A layer is sent only where it must be. First the registry is asked for every blob that was
//! ever seen to be this layer and would do; then it is asked to take one over from a repository
//! the image has a name in; only then the layer is compressed, which gives the same bytes on
//! every machine, so that the registry may have even those. Compressed layers are kept in tmp/
//! while they are sent: a broken upload goes on from any byte.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::engine::Error;
use crate::engine::press::{Press, Pressed};
use crate::engine::push::not_let_in;
use crate::engine::views::Image;
use crate::layer::compress::Pressing;
use crate::registry::{Bytes, Client, Content};
use crate::store::{LayerBlob, StoredLayer};
use crate::types::chunked::Chunked;
use crate::types::image::{Compression, Family};
use crate::types::progress::Event;
use crate::types::{ChainId, Descriptor, Digest, Progress};

/// More threads than this only wait for each other.
const MAX_AT_ONCE: u32 = 16;

/// What the user wants the layers to be there.
pub struct Wish {
    pub family: Family,
    /// How one is compressed that must be.
    pub how: Pressing,
    /// Only what was compressed like that will do.
    pub force: bool,
}

/// Where layers come from and go to.
pub struct Send<'a> {
    pub press: Press<'a>,
    pub client: &'a Client,
    /// Registry and repository, for messages.
    pub place: String,
    /// Other repositories of the registry that may have them.
    pub mounts: &'a [String],
    pub wish: Wish,
    pub at_once: u32,
}

/// One layer to send.
struct Layer {
    position: usize,
    stored: StoredLayer,
    /// How the image came with it.
    original: Option<Descriptor>,
}

/// What the threads share.
struct Shared {
    queue: Mutex<VecDeque<Layer>>,
    done: Mutex<Vec<Option<Descriptor>>>,
    failure: Mutex<Option<Error>>,
    stop: AtomicBool,
}

impl Send<'_> {
    /// Sees to it that the registry has every layer; returns how the manifest names them.
    pub fn layers(&self, image: &Image) -> Result<Vec<Descriptor>, Error> {
        let chains = ChainId::chain(&image.config.rootfs.diff_ids);
        let mut all = Vec::new();
        for (position, chain) in chains.iter().enumerate() {
            let original = image.manifest.layers.get(position).cloned();
            all.push(Layer {
                position,
                stored: self.press.store.needed_layer(chain)?,
                original,
            });
        }
        let count = all.len();
        all.sort_by_key(|layer| std::cmp::Reverse(layer.stored.facts.size));
        let shared = Shared {
            queue: Mutex::new(all.into()),
            done: Mutex::new(vec![None; count]),
            failure: Mutex::new(None),
            stop: AtomicBool::new(false),
        };
        let threads = (self.at_once.clamp(1, MAX_AT_ONCE) as usize).min(count);
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| self.work(&shared));
            }
        });
        let failure = shared.failure.into_inner();
        if let Some(error) = failure.unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let done = shared.done.into_inner();
        let done = done.unwrap_or_else(PoisonError::into_inner);
        let all: Option<Vec<Descriptor>> = done.into_iter().collect();
        all.ok_or_else(|| Error::new("not every layer was sent"))
    }

    /// Takes layers off the queue until it is empty or somebody failed.
    fn work(&self, shared: &Shared) {
        while !shared.stop.load(Ordering::Relaxed) {
            let next = lock(&shared.queue).pop_front();
            let Some(layer) = next else { return };
            match self.layer(&layer, &shared.stop) {
                Ok(descriptor) => lock(&shared.done)[layer.position] = Some(descriptor),
                Err(error) => {
                    // The first failure is the cause; the others only stopped because of it.
                    if !shared.stop.swap(true, Ordering::Relaxed) {
                        *lock(&shared.failure) = Some(error);
                    }
                }
            }
        }
    }

    fn layer(&self, layer: &Layer, stop: &AtomicBool) -> Result<Descriptor, Error> {
        let known = self.known(layer)?;
        for blob in &known {
            if self.is_there(&blob.digest, blob.size)? {
                self.told(&blob.digest, "is there already");
                return Ok(self.descriptor(layer, blob));
            }
        }
        let from = |blob| self.mounts.iter().map(move |from| (blob, from));
        for (blob, from) in known.iter().flat_map(from) {
            if self.client.mount(&blob.digest, from)? {
                self.told(&blob.digest, &format!("is taken over from {from}"));
                return Ok(self.descriptor(layer, blob));
            }
        }
        if stop.load(Ordering::Relaxed) {
            return Err(Error::new("another layer failed"));
        }
        self.send(layer, stop)
    }

    /// The blobs that are this layer and would do, the image's own first.
    fn known(&self, layer: &Layer) -> Result<Vec<LayerBlob>, Error> {
        let mut found = Vec::new();
        if let Some(original) = &layer.original
            && let Some(compression) = Compression::of_media_type(&original.media_type)
            && is_from(&layer.stored, original)
        {
            found.push(LayerBlob {
                digest: original.digest,
                size: original.size,
                compression,
                chunked: Chunked::of(&original.annotations),
            });
        }
        for blob in layer.stored.blobs()? {
            let new = found.iter().all(|known| known.digest != blob.digest);
            if new && blob.compression != Compression::Plain {
                found.push(blob);
            }
        }
        found.retain(|blob| self.would_do(blob));
        Ok(found)
    }

    fn would_do(&self, blob: &LayerBlob) -> bool {
        let possible = self.wish.family.layer(blob.compression).is_some();
        let wanted = match self.wish.how {
            _ if !self.wish.force => true,
            Pressing::Chunked(_) => blob.chunked.is_some(),
            how => blob.compression == how.compression(),
        };
        possible && wanted
    }

    fn is_there(&self, digest: &Digest, size: u64) -> Result<bool, Error> {
        let there = self.client.has_blob(digest, Some(size));
        there.map_err(|error| not_let_in(error, digest, &self.place))
    }

    /// Compresses a layer and uploads it, unless the registry has these very bytes.
    fn send(&self, layer: &Layer, stop: &AtomicBool) -> Result<Descriptor, Error> {
        let pressed = self
            .press
            .pressed(&layer.stored, "Compressing layer", self.wish.how)?;
        let blob = LayerBlob {
            digest: pressed.digest,
            size: pressed.size,
            compression: self.wish.how.compression(),
            chunked: pressed.chunked,
        };
        if self.is_there(&blob.digest, blob.size)? {
            self.told(&blob.digest, "is there already");
        } else {
            self.upload(&pressed, stop)?;
        }
        // The next push finds it by asking; the next pull of it fetches nothing.
        let chain = &layer.stored.chain;
        self.press.store.describe_layer_blob(chain, &blob)?;
        Ok(self.descriptor(layer, &blob))
    }

    fn upload(&self, pressed: &Pressed, stop: &AtomicBool) -> Result<(), Error> {
        let hex = pressed.digest.hex();
        let id = &hex[..12];
        let label = format!("Copying blob {id}");
        let progress = self.press.progress;
        progress.event(Event::Begin {
            id,
            label: &label,
            total: pressed.size,
        });
        let content = Content {
            digest: pressed.digest,
            size: pressed.size,
            bytes: &Told {
                pressed,
                id,
                progress,
                stop,
            },
        };
        self.client.push_blob(&content)?;
        progress.event(Event::Done { id, skipped: false });
        Ok(())
    }

    fn told(&self, digest: &Digest, what: &str) {
        let line = format!("Copying blob {} skipped: it {what}", &digest.hex()[..12]);
        self.press.progress.event(Event::Note(&line));
    }

    /// How a manifest of the wanted family names this blob.
    fn descriptor(&self, layer: &Layer, blob: &LayerBlob) -> Descriptor {
        let original = layer
            .original
            .as_ref()
            .filter(|it| it.digest == blob.digest);
        let annotations = match (original, &blob.chunked, self.wish.family) {
            (Some(original), _, Family::Oci) => original.annotations.clone(),
            (None, Some(chunked), Family::Oci) => chunked.annotations(),
            _ => Default::default(),
        };
        let media_type = self.wish.family.layer(blob.compression);
        Descriptor {
            media_type: media_type.unwrap_or_default().to_owned(),
            digest: blob.digest,
            size: blob.size,
            platform: None,
            annotations,
            urls: Vec::new(),
        }
    }
}

/// A blob whose bytes are counted, which ends when another thread failed.
struct Told<'a> {
    pressed: &'a Pressed,
    id: &'a str,
    progress: &'a dyn Progress,
    stop: &'a AtomicBool,
}

impl Bytes for Told<'_> {
    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("another layer failed"));
        }
        let inner = self.pressed.read_from(offset);
        Ok(Box::new(Watched { inner, told: self }))
    }
}

struct Watched<'a, R> {
    inner: R,
    told: &'a Told<'a>,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let Told { id, progress, .. } = self.told;
        if self.told.stop.load(Ordering::Relaxed) {
            return Err(io::Error::from(io::ErrorKind::ConnectionAborted));
        }
        let count = self.inner.read(buf)?;
        let bytes = count as u64;
        progress.event(Event::Advance { id, bytes });
        Ok(count)
    }
}

/// Whether the blob an image came with was seen to be this layer, or what its table describes.
fn is_from(stored: &StoredLayer, original: &Descriptor) -> bool {
    let table = Chunked::of(&original.annotations);
    stored.is_from(&original.digest)
        || table.is_some_and(|table| stored.is_from_table(&table.digest))
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
