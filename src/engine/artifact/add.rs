//! `artifact add`: files of this machine become an artifact, or join one.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::engine::archive::said;
use crate::engine::artifact::{CREATED, TITLE, claimed, kind, read, taken_in, unknown, whole};
use crate::engine::{Engine, Error};
use crate::store::{ArtifactRecord, Lease, Store};
use crate::types::image::{Manifest, OCI_MANIFEST};
use crate::types::{Digest, Timestamp, escape};

/// image-spec manifest.md: the config of an artifact that has none.
pub(crate) const EMPTY_TYPE: &str = "application/vnd.oci.empty.v1+json";
pub(crate) const EMPTY: &[u8] = b"{}";

/// `artifact add`
#[derive(Debug, Clone, Default)]
pub struct ArtifactRequest {
    pub name: String,
    pub files: Vec<PathBuf>,
    pub how: Adding,
    /// Of the artifact's manifest and of each file.
    pub annotations: BTreeMap<String, String>,
    /// The artifact's type.
    pub artifact_type: Option<String>,
    /// The files' type; they are looked at when there is none.
    pub file_type: Option<String>,
}

/// What becomes of an artifact of that name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Adding {
    /// There must be none.
    #[default]
    New,
    /// The files join it.
    Append,
    /// It makes way.
    Replace,
}

impl Engine {
    /// Keeps files as an artifact; returns its digest.
    pub fn add_artifact(&self, request: &ArtifactRequest) -> Result<Digest, Error> {
        if request.how == Adding::Append && request.artifact_type.is_some() {
            return Err(Error::new(
                "append option is not compatible with type option",
            ));
        }
        let name = whole(&request.name)?.to_string();
        let store = self.store()?;
        let _claim = claimed(store, &name)?;
        let before = store.artifact(&name)?;
        let record = self.with_space(|| {
            let document = begun(store, &name, before.as_ref(), request)?;
            let mut lease = store.lease()?;
            let document = with_files(store, &mut lease, document, request)?;
            keep(store, &mut lease, &name, &document)
        })?;
        self.tell_of_artifact("add", &record);
        match before {
            Some(_) => self.collect_artifacts(),
            None => self.tidy(),
        }
        Ok(record.manifest)
    }
}

/// The manifest that the files join.
fn begun(
    store: &Store,
    name: &str,
    before: Option<&ArtifactRecord>,
    request: &ArtifactRequest,
) -> Result<Value, Error> {
    match (request.how, before) {
        (Adding::Append, None) => Err(unknown(name)),
        (Adding::Append, Some(record)) => Ok(read(store, record)?.document),
        (Adding::New, Some(_)) => Err(Error::new(format!("{name}: artifact already exists"))),
        _ => Ok(new(request)),
    }
}

fn new(request: &ArtifactRequest) -> Value {
    let mut annotations = request.annotations.clone();
    annotations.insert(CREATED.to_owned(), Timestamp::now().to_string());
    let mut document = json!({ "schemaVersion": 2, "mediaType": OCI_MANIFEST });
    if let Some(kind) = &request.artifact_type {
        document["artifactType"] = json!(kind);
    }
    document["config"] = json!({
        "mediaType": EMPTY_TYPE,
        "digest": Digest::of(EMPTY),
        "size": EMPTY.len(),
        "data": "e30=",
    });
    document["layers"] = json!([]);
    document["annotations"] = json!(annotations);
    document
}

/// Takes the files in and lists them in the manifest.
fn with_files(
    store: &Store,
    lease: &mut Lease,
    mut document: Value,
    request: &ArtifactRequest,
) -> Result<Value, Error> {
    let layers = document.get_mut("layers").and_then(Value::as_array_mut);
    let layers = layers.ok_or_else(|| Error::new("the artifact's manifest lists no layers"))?;
    let mut named: Vec<String> = layers.iter().filter_map(title).collect();
    let mut files = Vec::new();
    for path in &request.files {
        let name = file_name(path)?;
        if named.contains(&name) {
            return Err(Error::new(format!(
                "{}: file already exists in artifact",
                escape::visible(&name)
            )));
        }
        named.push(name.clone());
        files.push((path, name));
    }
    for (path, name) in files {
        let mut annotations = request.annotations.clone();
        let titled = annotations.entry(TITLE.to_owned()).or_insert(name).clone();
        if layers
            .iter()
            .any(|layer| title(layer).as_ref() == Some(&titled))
        {
            return Err(Error::new(format!(
                "duplicate layers {TITLE} labels within an artifact not allowed"
            )));
        }
        let (kind, digest, size) = file(store, lease, path, request.file_type.as_deref())?;
        layers.push(json!({
            "mediaType": kind,
            "digest": digest,
            "size": size,
            "annotations": annotations,
        }));
    }
    Ok(document)
}

fn title(layer: &Value) -> Option<String> {
    let title = layer.get("annotations")?.get(TITLE)?.as_str()?;
    Some(title.to_owned()).filter(|title| !title.is_empty())
}

fn file_name(path: &Path) -> Result<String, Error> {
    let name = path.file_name().and_then(|name| name.to_str());
    name.map(str::to_owned).ok_or_else(|| {
        let shown = escape::visible(&path.to_string_lossy());
        Error::new(format!("{shown}: this is not the name of a file"))
    })
}

/// Takes one file in; returns its type, digest and size in bytes.
pub(crate) fn file(
    store: &Store,
    lease: &mut Lease,
    path: &Path,
    known: Option<&str>,
) -> Result<(String, Digest, u64), Error> {
    let shown = escape::visible(&path.to_string_lossy());
    let failed = |error: std::io::Error| Error::new(format!("{shown}: {}", said(&error)));
    let mut opened = File::open(path).map_err(failed)?;
    if opened.metadata().map_err(failed)?.is_dir() {
        return Err(Error::new(format!("{shown}: is a directory")));
    }
    let mut start = Vec::new();
    let limit = kind::LOOKED_AT as u64;
    let begin = opened.by_ref().take(limit).read_to_end(&mut start);
    begin.map_err(failed)?;
    let kind = known.unwrap_or_else(|| kind::of(&start)).to_owned();
    let sealed = taken_in(store, &shown, start.chain(opened), &mut |_| {})?;
    let (digest, size) = (sealed.digest, sealed.size);
    lease.blob(&digest)?;
    store.keep_blob(sealed)?;
    Ok((kind, digest, size))
}

/// Writes manifest and record.
fn keep(
    store: &Store,
    lease: &mut Lease,
    name: &str,
    document: &Value,
) -> Result<ArtifactRecord, Error> {
    let bytes = serde_json::to_vec(document).expect("JSON with text for keys");
    let manifest: Manifest = serde_json::from_slice(&bytes)
        .map_err(|error| Error::new(format!("{name}: the manifest would not be valid: {error}")))?;
    if manifest.config.digest == Digest::of(EMPTY) {
        lease.blob(&manifest.config.digest)?;
        store.put_blob_durably(EMPTY)?;
    }
    lease.blob(&Digest::of(&bytes))?;
    let record = ArtifactRecord {
        name: name.to_owned(),
        manifest: store.put_blob_durably(&bytes)?,
        blobs: blobs_of(&manifest),
        arrived: Timestamp::now(),
    };
    store.set_artifact(&record)?;
    Ok(record)
}

/// Config and layers, each once.
pub(super) fn blobs_of(manifest: &Manifest) -> Vec<Digest> {
    let all = std::iter::once(&manifest.config).chain(&manifest.layers);
    let mut blobs: Vec<Digest> = all.map(|blob| blob.digest).collect();
    blobs.sort();
    blobs.dedup();
    blobs
}
