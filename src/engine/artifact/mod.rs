//! Artifacts: files kept under a name as the layers of a manifest, like images but without a tree.
//!
//! podman-artifact(1). An artifact is found by its whole name or by the beginning of its
//! manifest's digest. Whoever changes what a name stands for holds the claim of that name.

pub mod add;
pub mod extract;
mod kind;
mod mount;
pub mod transfer;

use std::io::{Read, Write};

use serde_json::Value;

use crate::engine::archive::said;
use crate::engine::{Engine, Error, Kind};
use crate::store::{ArtifactRecord, Claim, SealedBlob, Store};
use crate::types::image::Manifest;
use crate::types::{Digest, Event, Reference, Timestamp, escape};

pub(crate) const TITLE: &str = "org.opencontainers.image.title";
pub(super) const CREATED: &str = "org.opencontainers.image.created";

/// An artifact in the store.
#[derive(Debug, Clone)]
pub struct Artifact {
    pub name: String,
    /// Of the manifest.
    pub digest: Digest,
    pub manifest: Manifest,
    /// The manifest as it was received, with the fields that are of no use here.
    pub document: Value,
}

impl Artifact {
    /// Returns the bytes of all files.
    pub fn size(&self) -> u64 {
        let sizes = self.manifest.layers.iter().map(|layer| layer.size);
        sizes.fold(0, u64::saturating_add)
    }

    /// Returns when it was made, if it says so.
    pub fn created(&self) -> Option<Timestamp> {
        Timestamp::parse(self.manifest.annotations.get(CREATED)?)
    }
}

impl Engine {
    /// Every artifact, by name.
    pub fn artifacts(&self) -> Result<Vec<Artifact>, Error> {
        let store = self.store()?;
        let records = store.readable_artifacts(&mut |error| self.warn(&error.to_string()))?;
        let mut found = Vec::new();
        for record in records {
            // One that cannot be read does not hide the others.
            match read(store, &record) {
                Ok(artifact) => found.push(artifact),
                Err(error) => self.warn(&error.message),
            }
        }
        Ok(found)
    }

    /// One artifact by its whole name or the beginning of its digest.
    pub fn artifact(&self, word: &str) -> Result<Artifact, Error> {
        read(self.store()?, &self.artifact_record(word)?)
    }

    fn artifact_record(&self, word: &str) -> Result<ArtifactRecord, Error> {
        let records = self
            .store()?
            .readable_artifacts(&mut |error| self.warn(&error.to_string()))?;
        find(records, word)
    }

    /// Removes an artifact; returns its digest.
    pub fn remove_artifact(&self, word: &str) -> Result<Digest, Error> {
        let store = self.store()?;
        let record = self.artifact_record(word)?;
        let _claim = claimed(store, &record.name)?;
        // Another command may have changed it before the claim was ours.
        let record = store.artifact(&record.name)?.ok_or_else(|| unknown(word))?;
        store.remove_artifact(&record.name)?;
        self.tell_of_artifact("remove", &record);
        self.collect_artifacts();
        Ok(record.manifest)
    }

    fn tell_of_artifact(&self, status: &str, record: &ArtifactRecord) {
        let (id, name) = (record.manifest.to_string(), record.name.as_str());
        self.record(Event::of("artifact", status, id, name));
    }

    /// What nothing refers to any more goes at once: it may be large.
    fn collect_artifacts(&self) {
        if let Ok(Err(error)) = self.store().map(Store::collect) {
            tracing::warn!("tidying up: {error}");
        }
        self.sweep_later();
    }
}

fn find(records: Vec<ArtifactRecord>, word: &str) -> Result<ArtifactRecord, Error> {
    if let Ok(wanted) = whole(word) {
        let fits = |record: &ArtifactRecord| match wanted.digest {
            Some(digest) => {
                let name = Reference::parse(&record.name);
                record.manifest == digest && name.is_ok_and(|name| name.name() == wanted.name())
            }
            None => record.name == wanted.to_string(),
        };
        let found = records.into_iter().find(fits);
        return found.ok_or_else(|| unknown(&wanted.to_string()));
    }
    let hex = word.strip_prefix("sha256:").unwrap_or(word);
    let begins = |record: &ArtifactRecord| record.manifest.hex().starts_with(hex);
    let mut fitting: Vec<ArtifactRecord> = records
        .into_iter()
        .filter(|record| !hex.is_empty() && begins(record))
        .collect();
    match fitting.len() {
        0 => Err(unknown(word)),
        1 => Ok(fitting.remove(0)),
        _ => {
            let names: Vec<&str> = fitting.iter().map(|record| record.name.as_str()).collect();
            Err(Error::of(
                Kind::NoSuchObject,
                format!(
                    "multiple artifacts found with matching digest: {:?}",
                    names.join(",")
                ),
            ))
        }
    }
}

/// Reads a whole name: registry, repository, and a tag or a digest; without either, `latest`.
pub(super) fn whole(word: &str) -> Result<Reference, Error> {
    let shown = escape::quoted(word);
    let typed = crate::types::reference::Typed::parse(word)
        .map_err(|error| Error::new(error.to_string()))?;
    let Some(registry) = typed.registry.clone() else {
        let why = format!("{shown}: repository name must be canonical");
        return Err(Error::new(why).hint("an artifact's name begins with a registry"));
    };
    if typed.tag.is_some() && typed.digest.is_some() {
        let why = format!("{shown}: reference cannot be tagged and digested");
        return Err(Error::new(why));
    }
    Ok(typed.in_registry(&registry).with_default_tag())
}

pub(super) fn unknown(name: &str) -> Error {
    let shown = escape::visible(name);
    Error::of(
        Kind::NoSuchObject,
        format!("{shown}: artifact does not exist"),
    )
}

fn read(store: &Store, record: &ArtifactRecord) -> Result<Artifact, Error> {
    let bytes = store.blob(&record.manifest)?;
    let not_json =
        |error: serde_json::Error| Error::new(format!("artifact {}: {error}", record.name));
    Ok(Artifact {
        name: record.name.clone(),
        digest: record.manifest,
        manifest: serde_json::from_slice(&bytes).map_err(not_json)?,
        document: serde_json::from_slice(&bytes).map_err(not_json)?,
    })
}

/// Takes the right to change what a name stands for.
fn claimed(store: &Store, name: &str) -> Result<Claim, Error> {
    Ok(store.claim(&Digest::of(name.as_bytes()), &mut |_| true)?)
}

/// Reads a stream into the store's own file system; `told` hears of each piece's length.
fn taken_in(
    store: &Store,
    what: &str,
    mut from: impl Read,
    told: &mut dyn FnMut(u64),
) -> Result<SealedBlob, Error> {
    let mut blob = store.begin_blob()?;
    let mut buffer = vec![0; 256 << 10];
    loop {
        let count = match from.read(&mut buffer) {
            Ok(0) => return Ok(blob.seal()?),
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Error::new(format!("{what}: {}", said(&error)))),
        };
        blob.write_all(&buffer[..count])
            .map_err(|error| Error::file("writing", store.root(), error))?;
        told(count as u64);
    }
}
