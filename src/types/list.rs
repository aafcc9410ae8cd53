//! A manifest list or image index that is put together here: which images, for which platforms.
//!
//! Docker's manifest list (schema 2) and OCI image-spec image-index.md say nearly the same. What
//! is kept is the sum of both; it is written in either family's words. Features of the CPU are
//! Docker's alone; annotations, artifacts and the subject are OCI's alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::types::image::{DOCKER_INDEX, Family, OCI_INDEX};
use crate::types::{Digest, Platform};

/// Annotation of an instance whose layers are compressed with zstd: containers/image.
pub const ZSTD_ANNOTATION: &str = "io.github.containers.compression.zstd";

/// The list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct List {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
    #[serde(default, deserialize_with = "null_is_default")]
    pub manifests: Vec<Entry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Entry>,
    #[serde(
        default,
        deserialize_with = "null_is_default",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub annotations: BTreeMap<String, String>,
}

/// One instance of the list; the order of its fields is that of OCI's descriptor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub media_type: String,
    pub digest: Digest,
    pub size: u64,
    #[serde(
        default,
        deserialize_with = "null_is_default",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub urls: Vec<String>,
    #[serde(
        default,
        deserialize_with = "null_is_default",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub annotations: BTreeMap<String, String>,
    /// Its content again, base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Needs>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<String>,
}

/// What an instance needs of the machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Needs {
    pub architecture: String,
    pub os: String,
    #[serde(rename = "os.version", skip_serializing_if = "Option::is_none")]
    pub os_version: Option<String>,
    #[serde(rename = "os.features", skip_serializing_if = "Vec::is_empty")]
    pub os_features: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
}

impl Needs {
    /// As far as images are chosen by it.
    pub fn platform(&self) -> Platform {
        Platform {
            architecture: self.architecture.clone(),
            os: self.os.clone(),
            variant: self.variant.clone(),
            os_version: self.os_version.clone(),
        }
    }
}

impl From<Platform> for Needs {
    fn from(platform: Platform) -> Self {
        Self {
            architecture: platform.architecture,
            os: platform.os,
            variant: platform.variant,
            os_version: platform.os_version,
            ..Self::default()
        }
    }
}

impl Entry {
    /// An instance about which nothing but its manifest is known.
    pub fn new(media_type: &str, digest: Digest, size: u64) -> Self {
        Self {
            media_type: media_type.to_owned(),
            digest,
            size,
            urls: Vec::new(),
            annotations: BTreeMap::new(),
            data: None,
            platform: None,
            artifact_type: None,
        }
    }
}

impl List {
    pub fn entry(&mut self, digest: &Digest) -> Option<&mut Entry> {
        self.manifests
            .iter_mut()
            .find(|entry| entry.digest == *digest)
    }

    /// Puts an entry at the end; one with the same digest makes room.
    pub fn add(&mut self, entry: Entry) {
        self.remove(&entry.digest);
        self.manifests.push(entry);
    }

    /// Takes an entry out; false when there is none with this digest.
    pub fn remove(&mut self, digest: &Digest) -> bool {
        let before = self.manifests.len();
        self.manifests.retain(|entry| entry.digest != *digest);
        self.manifests.len() != before
    }

    /// Returns the entry that serves a platform best.
    pub fn choose(&self, wanted: &Platform) -> Option<&Entry> {
        let ranked = self.manifests.iter().filter_map(|entry| {
            let is = entry.platform.as_ref()?.platform();
            Some((wanted.rank(&is)?, entry))
        });
        // Of equals the first one.
        ranked
            .rev()
            .max_by_key(|(rank, _)| *rank)
            .map(|(_, entry)| entry)
    }

    /// The family that can say all of it; an empty list is Docker's, as Podman has it.
    pub fn family(&self) -> Family {
        let oci_only = |entry: &Entry| {
            entry.artifact_type.is_some() || !entry.annotations.is_empty() || entry.data.is_some()
        };
        let docker_only = |entry: &Entry| {
            let needs = entry.platform.as_ref();
            needs.is_some_and(|needs| !needs.features.is_empty())
        };
        if self.artifact_type.is_some()
            || self.subject.is_some()
            || !self.annotations.is_empty()
            || self.manifests.iter().any(oci_only)
        {
            return Family::Oci;
        }
        match self.manifests.is_empty() || self.manifests.iter().any(docker_only) {
            true => Family::Docker,
            false => Family::Oci,
        }
    }

    /// Returns the document of a family, and its media type.
    pub fn document(&self, family: Family) -> (Vec<u8>, &'static str) {
        let bytes = match family {
            Family::Oci => serde_json::to_vec(&self.oci()),
            Family::Docker => serde_json::to_vec(&self.docker()),
        };
        let bytes = bytes.expect("documents of ours have string keys only");
        (bytes, index_type(family))
    }

    fn oci(&self) -> OciIndex<'_> {
        let plain = |entry: &Entry| {
            let mut entry = entry.clone();
            if let Some(needs) = &mut entry.platform {
                needs.features.clear();
            }
            entry
        };
        OciIndex {
            schema_version: 2,
            media_type: OCI_INDEX,
            artifact_type: self.artifact_type.as_deref(),
            manifests: self.manifests.iter().map(plain).collect(),
            subject: self.subject.as_ref(),
            annotations: &self.annotations,
        }
    }

    fn docker(&self) -> DockerList<'_> {
        let plain = |entry| DockerEntry::of(entry, false);
        DockerList {
            schema_version: 2,
            media_type: DOCKER_INDEX,
            artifact_type: None,
            manifests: self.manifests.iter().map(plain).collect(),
            subject: None,
            annotations: BTreeMap::new(),
        }
    }

    /// Returns what `manifest inspect` shows: Docker's words with OCI's beside them.
    ///
    /// `media_type` is that of the document; `files` are those an artifact was made of.
    pub fn shown<'a>(
        &'a self,
        media_type: &str,
        files: impl Fn(&Digest) -> Vec<String>,
    ) -> serde_json::Value {
        let whole = |entry: &'a Entry| DockerEntry {
            files: files(&entry.digest),
            ..DockerEntry::of(entry, true)
        };
        let list = DockerList {
            schema_version: 2,
            media_type,
            artifact_type: self.artifact_type.as_deref(),
            manifests: self.manifests.iter().map(whole).collect(),
            subject: self
                .subject
                .as_ref()
                .map(|entry| DockerEntry::of(entry, true)),
            annotations: self.annotations.clone(),
        };
        serde_json::to_value(&list).expect("documents of ours have string keys only")
    }
}

/// The media type of a family's list.
pub fn index_type(family: Family) -> &'static str {
    match family {
        Family::Oci => OCI_INDEX,
        Family::Docker => DOCKER_INDEX,
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OciIndex<'a> {
    schema_version: u32,
    media_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifact_type: Option<&'a str>,
    manifests: Vec<Entry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a Entry>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: &'a BTreeMap<String, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DockerList<'a> {
    schema_version: u32,
    media_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifact_type: Option<&'a str>,
    manifests: Vec<DockerEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<DockerEntry<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: BTreeMap<String, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DockerEntry<'a> {
    media_type: &'a str,
    size: u64,
    digest: &'a Digest,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    urls: &'a [String],
    platform: Needs,
    // From here on only shown, never written into a list of Docker's.
    #[serde(skip_serializing_if = "Option::is_none")]
    annotations: Option<&'a BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifact_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<String>,
}

impl<'a> DockerEntry<'a> {
    fn of(entry: &'a Entry, whole: bool) -> Self {
        let annotations = (!entry.annotations.is_empty()).then_some(&entry.annotations);
        Self {
            media_type: &entry.media_type,
            size: entry.size,
            digest: &entry.digest,
            urls: &entry.urls,
            platform: entry.platform.clone().unwrap_or_default(),
            annotations: annotations.filter(|_| whole),
            artifact_type: entry.artifact_type.as_deref().filter(|_| whole),
            data: entry.data.as_deref().filter(|_| whole),
            files: Vec::new(),
        }
    }
}

/// Reads `null` as the empty value: Go writes its nil slices and maps so.
fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::image::OCI_MANIFEST;

    fn entry(seed: u8, platform: &str) -> Entry {
        let platform = Platform::parse(platform).expect("a platform");
        Entry {
            platform: Some(platform.into()),
            ..Entry::new(OCI_MANIFEST, Digest::of(&[seed]), u64::from(seed))
        }
    }

    #[test]
    fn the_family_follows_what_only_one_can_say() {
        let mut list = List::default();
        assert_eq!(list.family(), Family::Docker);
        list.add(entry(1, "linux/amd64"));
        assert_eq!(list.family(), Family::Oci);
        let one = Digest::of(&[1]);
        let needs = |list: &mut List, features: &[&str]| {
            let entry = list.entry(&one).expect("added");
            let needs = entry.platform.as_mut().expect("given");
            needs.features = features.iter().map(|text| (*text).to_owned()).collect();
        };
        needs(&mut list, &["sse4"]);
        assert_eq!(list.family(), Family::Docker);
        let (document, _) = list.document(Family::Docker);
        assert!(String::from_utf8_lossy(&document).contains(r#""features":["sse4"]"#));
        let (document, _) = list.document(Family::Oci);
        assert!(!String::from_utf8_lossy(&document).contains("sse4"));
        list.annotations.insert("a".to_owned(), "b".to_owned());
        assert_eq!(list.family(), Family::Oci);
    }

    #[test]
    fn the_best_instance_is_chosen() {
        let mut list = List::default();
        for (seed, platform) in [
            "linux/arm64",
            "linux/arm/v5",
            "linux/arm/v7",
            "linux/arm/v7",
        ]
        .into_iter()
        .enumerate()
        {
            list.add(entry(seed as u8, platform));
        }
        let chosen = |wanted: &str| {
            let wanted = Platform::parse(wanted).expect("a platform");
            list.choose(&wanted).map(|entry| entry.size)
        };
        assert_eq!(chosen("linux/arm/v7"), Some(2));
        assert_eq!(chosen("linux/arm/v6"), Some(1));
        assert_eq!(chosen("linux/arm64/v8"), Some(0));
        assert_eq!(chosen("linux/amd64"), None);
    }

    #[test]
    fn an_instance_is_there_once_and_last() {
        let mut list = List::default();
        list.add(entry(1, "amd64"));
        list.add(entry(2, "arm64"));
        list.add(entry(1, "amd64"));
        let order: Vec<u64> = list.manifests.iter().map(|entry| entry.size).collect();
        assert_eq!(order, [2, 1]);
        assert!(list.remove(&Digest::of(&[1])));
        assert!(!list.remove(&Digest::of(&[1])));
    }
}
