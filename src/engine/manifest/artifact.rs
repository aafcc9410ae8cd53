//! `manifest add --artifact`: files of this machine become an instance of a list.
//!
//! image-spec manifest.md, "Guidelines for Artifact Usage". The files are kept among the blobs, so
//! that what is sent is what was added.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::engine::artifact::TITLE;
use crate::engine::artifact::add::{EMPTY, EMPTY_TYPE, file};
use crate::engine::manifest::add::Overrides;
use crate::engine::manifest::found::entry_of;
use crate::engine::views::Access;
use crate::engine::{Engine, Error};
use crate::store::{ArtifactInstance, Instance};
use crate::types::image::{OCI_CONFIG, OCI_MANIFEST};
use crate::types::{Digest, ImageId, escape};

/// What an artifact is when nobody says.
const UNKNOWN: &str = "application/vnd.unknown.artifact.v1";

/// `manifest add --artifact`
#[derive(Debug, Clone, Default)]
pub struct AddArtifactRequest {
    pub list: String,
    pub files: Vec<PathBuf>,
    /// The artifact's type; empty is none.
    pub artifact_type: Option<String>,
    pub config: Option<PathBuf>,
    pub config_type: Option<String>,
    /// Of the files; they are looked at when there is none.
    pub layer_type: Option<String>,
    /// The manifest does not say what the files are called.
    pub exclude_titles: bool,
    /// What the artifact is about.
    pub subject: Option<String>,
    pub overrides: Overrides,
}

impl Engine {
    /// Adds files as one instance of a list; returns the list's id.
    pub fn add_artifact_to_list(&self, request: &AddArtifactRequest) -> Result<ImageId, Error> {
        let list = self.find_list(&request.list)?;
        let subject = request.subject.as_deref();
        let subject = subject.map(|word| self.described(word, &Access::default()));
        let subject = subject.transpose()?;
        let store = self.store()?;
        let mut lease = store.lease()?;
        let mut blobs = Vec::new();
        let config = match &request.config {
            Some(path) => Some(file(store, &mut lease, path, None)?),
            None => None,
        };
        let kind = |default: &str| request.config_type.clone().unwrap_or(default.to_owned());
        let config = match config.filter(|(_, _, size)| *size > 0) {
            Some((_, digest, size)) => {
                blobs.push(digest);
                json!({ "mediaType": kind(OCI_CONFIG), "digest": digest, "size": size })
            }
            None => {
                lease.blob(&Digest::of(EMPTY))?;
                blobs.push(store.put_blob_durably(EMPTY)?);
                json!({
                    "mediaType": kind(EMPTY_TYPE),
                    "digest": Digest::of(EMPTY),
                    "size": EMPTY.len(),
                    "data": "e30=",
                })
            }
        };
        let mut layers: Vec<Value> = Vec::new();
        let mut files = Vec::new();
        for path in &request.files {
            let path =
                std::path::absolute(path).map_err(|error| Error::file("finding", path, error))?;
            let shown = escape::visible(&path.to_string_lossy());
            let name = path.file_name().and_then(|name| name.to_str());
            let name = name.ok_or_else(|| Error::new(format!("{shown}: not a file's name")))?;
            let layer_type = request.layer_type.as_deref().or_else(|| by_ending(name));
            let (kind, digest, size) = file(store, &mut lease, &path, layer_type)?;
            // What follows is about the text, not what it is.
            let kind = kind.split(';').next().unwrap_or_default().to_owned();
            let mut layer = json!({ "mediaType": kind, "digest": digest, "size": size });
            if !request.exclude_titles {
                layer["annotations"] = json!({ TITLE: name });
            }
            blobs.push(digest);
            layers.push(layer);
            files.push(path.to_string_lossy().into_owned());
        }
        let mut document = json!({ "schemaVersion": 2, "mediaType": OCI_MANIFEST });
        let artifact_type = request.artifact_type.as_deref().unwrap_or(UNKNOWN);
        if !artifact_type.is_empty() {
            document["artifactType"] = artifact_type.into();
        }
        document["config"] = config;
        document["layers"] = layers.into();
        if let Some(subject) = subject {
            document["subject"] = json!(subject);
        }
        let bytes = serde_json::to_vec(&document).expect("JSON with text for keys");
        lease.blob(&Digest::of(&bytes))?;
        let manifest = store.put_blob_durably(&bytes)?;
        let mut entry = entry_of(OCI_MANIFEST, &bytes);
        request.overrides.apply(&mut entry);
        self.change_list(&list.record.id, |record| {
            let artifact = ArtifactInstance {
                manifest,
                blobs,
                files,
            };
            let instance = Instance::Artifact(artifact);
            record.instances.insert(manifest.to_string(), instance);
            record.list.add(entry);
            Ok(())
        })?;
        Ok(list.record.id)
    }
}

/// The media types of endings that a look at the content would miss; IANA's names.
fn by_ending(name: &str) -> Option<&'static str> {
    let endings = BTreeMap::from([
        ("css", "text/css"),
        ("csv", "text/csv"),
        ("js", "text/javascript"),
        ("json", "application/json"),
        ("md", "text/markdown"),
        ("svg", "image/svg+xml"),
        ("txt", "text/plain"),
        ("webp", "image/webp"),
        ("xml", "text/xml"),
        ("yaml", "application/yaml"),
    ]);
    let (_, ending) = name.rsplit_once('.')?;
    endings.get(ending.to_ascii_lowercase().as_str()).copied()
}
