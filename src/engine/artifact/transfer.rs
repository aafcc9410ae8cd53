//! `artifact pull` and `artifact push`: artifacts come from registries and go there.
//!
//! The same roads, credentials, policies and limits as images have; what differs is that blobs
//! are kept as they are.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Read;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::config::Environment;
use crate::config::policy::Policy;
use crate::config::registries::Registries;
use crate::engine::artifact::add::blobs_of;
use crate::engine::artifact::{claimed, taken_in, unknown, whole};
use crate::engine::press::Reader;
use crate::engine::push::{not_let_in, own_source};
use crate::engine::{Access, Engine, Error, Pushed, Signing};
use crate::registry::{Bytes, Client, Content, Resolved, Selector};
use crate::store::{ArtifactRecord, Store};
use crate::types::progress::Event;
use crate::types::registry::Source;
use crate::types::{Descriptor, Digest, Progress, Reference, Timestamp, escape};

/// Blobs fetched at once.
const AT_ONCE: u32 = 3;

impl Engine {
    /// Brings an artifact from a registry; returns its digest.
    pub fn pull_artifact(
        &self,
        word: &str,
        access: &Access,
        progress: &dyn Progress,
    ) -> Result<Digest, Error> {
        let reference = whole(word)?;
        let pulled = self.bring_artifact(&reference, access, progress);
        let record = pulled
            .map_err(|error| error.while_doing(format!("cannot pull {}", escape::visible(word))))?;
        self.tell_of_artifact("pull", &record);
        self.tidy();
        Ok(record.manifest)
    }

    fn bring_artifact(
        &self,
        reference: &Reference,
        access: &Access,
        progress: &dyn Progress,
    ) -> Result<ArtifactRecord, Error> {
        let environment = Environment::current();
        let registries = Registries::load(&environment)?;
        let signers = Policy::load(&environment)?.check(reference)?;
        let contact = self.contact(&environment, &registries, access);
        progress.event(Event::Note(&format!("Trying to pull {reference}...")));
        let mut last = Error::new("registries.conf leaves no place to fetch it from");
        for source in registries.sources(reference)? {
            let client = Arc::new(contact.client(&source)?);
            let found = found(&client, reference).and_then(|found| {
                self.must_be_signed(&client, &[found.digest], reference, &signers)?;
                Ok(found)
            });
            let brought =
                found.and_then(|found| self.keep_artifact(reference, &client, &found, progress));
            match brought {
                Err(error) if source.mirror => {
                    let line = format!("mirror {}: {}", source.registry, error.message);
                    progress.event(Event::Warning(&line));
                    last = error;
                }
                brought => return brought,
            }
        }
        Err(last)
    }

    /// Brings the blobs, and writes the record last.
    fn keep_artifact(
        &self,
        reference: &Reference,
        client: &Arc<Client>,
        found: &Resolved,
        progress: &dyn Progress,
    ) -> Result<ArtifactRecord, Error> {
        let name = reference.to_string();
        let store = self.store()?;
        let _claim = claimed(store, &name)?;
        let mut lease = store.lease()?;
        lease.blob(&found.digest)?;
        let blobs = blobs_of(&found.manifest);
        for blob in &blobs {
            lease.blob(blob)?;
        }
        let all = std::iter::once(&found.manifest.config).chain(&found.manifest.layers);
        let mut wanted: Vec<&Descriptor> = all.collect();
        wanted.sort_by_key(|blob| (std::cmp::Reverse(blob.size), blob.digest));
        wanted.dedup_by_key(|blob| blob.digest);
        let fetch = Fetch {
            store,
            client,
            progress,
            queue: Mutex::new(wanted.into()),
        };
        let at_once = self.settings.parallel_downloads.unwrap_or(AT_ONCE);
        let record = self.with_space(|| {
            fetch.all(at_once.clamp(1, 16))?;
            progress.event(Event::Note("Writing manifest to image destination"));
            let record = ArtifactRecord {
                name: name.clone(),
                manifest: store.put_blob_durably(&found.raw)?,
                blobs: blobs.clone(),
                arrived: Timestamp::now(),
            };
            store.set_artifact(&record)?;
            Ok(record)
        });
        if record.is_err() {
            // What came before the failure is nobody's now.
            drop(lease);
            self.collect_artifacts();
        }
        record
    }

    /// Sends an artifact to the registry its name says.
    pub fn push_artifact(
        &self,
        word: &str,
        access: &Access,
        signing: &Signing,
        progress: &dyn Progress,
    ) -> Result<Pushed, Error> {
        let target = whole(word)?;
        let name = target.to_string();
        let store = self.store()?;
        let record = store.artifact(&name)?.ok_or_else(|| unknown(&name))?;
        let pen = self.pen(signing)?;
        let mut lease = store.lease()?;
        lease.blob(&record.manifest)?;
        for blob in &record.blobs {
            lease.blob(blob)?;
        }
        self.send_artifact(&target, word, access, progress)
            .and_then(|client| pen.sign(&client, &record.manifest, &target))
            .map_err(|error| error.while_doing(format!("cannot push {name}")))?;
        self.tell_of_artifact("push", &record);
        Ok(Pushed {
            digest: record.manifest,
            name,
        })
    }

    fn send_artifact(
        &self,
        target: &Reference,
        word: &str,
        access: &Access,
        progress: &dyn Progress,
    ) -> Result<Client, Error> {
        let artifact = self.artifact(word)?;
        let store = self.store()?;
        let environment = Environment::current();
        let registries = Registries::load(&environment)?;
        let source = own_source(&registries, target)?;
        let contact = self.contact(&environment, &registries, access);
        let client = contact.client(&source)?.for_push(&[]);
        let layers = artifact.manifest.layers.iter();
        for blob in layers.chain([&artifact.manifest.config]) {
            send(store, &client, &source, blob, progress)?;
        }
        progress.event(Event::Note("Writing manifest to image destination"));
        let bytes = store.blob(&artifact.digest)?;
        let kind = artifact.manifest.media_type.as_deref();
        let kind = kind.unwrap_or(crate::types::image::OCI_MANIFEST);
        client.put_manifest(&selector(target), &bytes, kind)?;
        Ok(client)
    }
}

fn selector(reference: &Reference) -> Selector {
    match (&reference.digest, &reference.tag) {
        (Some(digest), _) => Selector::Digest(*digest),
        (None, tag) => Selector::Tag(tag.clone().unwrap_or_else(|| "latest".to_owned())),
    }
}

fn found(client: &Client, reference: &Reference) -> Result<Resolved, Error> {
    Ok(client.artifact(&selector(reference))?)
}

/// The blobs of an artifact on their way here, several at once.
struct Fetch<'a> {
    store: &'a Store,
    client: &'a Arc<Client>,
    progress: &'a dyn Progress,
    queue: Mutex<VecDeque<&'a Descriptor>>,
}

impl<'a> Fetch<'a> {
    fn all(&self, at_once: u32) -> Result<(), Error> {
        thread::scope(|scope| {
            let threads: Vec<_> = (0..at_once).map(|_| scope.spawn(|| self.some())).collect();
            let mut outcome = Ok(());
            for thread in threads {
                let done = thread.join();
                let done = done.unwrap_or_else(|_| Err(Error::new("a download has panicked")));
                outcome = outcome.and(done);
            }
            outcome
        })
    }

    fn some(&self) -> Result<(), Error> {
        loop {
            let next = self.lock().pop_front();
            let Some(blob) = next else { return Ok(()) };
            if let Err(error) = self.one(blob) {
                // For another try, where the disk was full; the others need not go on.
                let mut queue = self.lock();
                if !error.full {
                    queue.clear();
                }
                queue.push_back(blob);
                return Err(error);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<&'a Descriptor>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn one(&self, blob: &Descriptor) -> Result<(), Error> {
        let hex = blob.digest.hex();
        let id = &hex[..12];
        self.progress.event(Event::Begin {
            id,
            label: &format!("Copying blob {id}"),
            total: blob.size,
        });
        let skipped = self.store.has_whole_blob(&blob.digest, blob.size)?;
        if !skipped {
            let from = self.client.blob(blob)?;
            let what = format!("blob {}", blob.digest);
            let sealed = taken_in(self.store, &what, from, &mut |bytes| {
                self.progress.event(Event::Advance { id, bytes });
            })?;
            self.store.keep_blob(sealed)?;
        }
        self.progress.event(Event::Done { id, skipped });
        Ok(())
    }
}

/// A blob of the store, read for an upload.
struct Kept(File);

impl Bytes for Kept {
    fn open(&self, offset: u64) -> std::io::Result<Box<dyn Read + '_>> {
        let file = &self.0;
        Ok(Box::new(Reader { file, offset }))
    }
}

/// Sends one blob, unless the registry has it.
pub(crate) fn send(
    store: &Store,
    client: &Client,
    source: &Source,
    blob: &Descriptor,
    progress: &dyn Progress,
) -> Result<(), Error> {
    let hex = blob.digest.hex();
    let id = &hex[..12];
    progress.event(Event::Begin {
        id,
        label: &format!("Copying blob {id}"),
        total: blob.size,
    });
    let place = format!("{}/{}", source.registry, source.repository);
    let there = client.has_blob(&blob.digest, Some(blob.size));
    let skipped = there.map_err(|error| not_let_in(error, &blob.digest, &place))?;
    if !skipped {
        client.push_blob(&Content {
            digest: blob.digest,
            size: blob.size,
            bytes: &Kept(store.open_blob(&blob.digest)?),
        })?;
    }
    progress.event(Event::Done { id, skipped });
    Ok(())
}
