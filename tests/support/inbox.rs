//! The honest side of a registry that takes pushes, in memory: what `evilreg` answers with
//! wherever a test does not want it to misbehave.
#![allow(
    dead_code,
    reason = "shared by several test programs, none of which uses all of it"
)]

use std::collections::BTreeMap;
use std::sync::Mutex;

use coracle::types::Digest;

use super::evilreg::{Reply, Seen};

/// What was pushed, and what is being uploaded.
#[derive(Default)]
pub struct Inbox {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    blobs: BTreeMap<String, Vec<u8>>,
    /// By path, and by digest too.
    manifests: BTreeMap<String, (String, Vec<u8>)>,
    uploads: BTreeMap<String, Vec<u8>>,
    begun: usize,
}

impl Inbox {
    pub fn has(&self, digest: &str) -> bool {
        self.lock().blobs.contains_key(digest)
    }

    /// A manifest by repository and tag, with its media type.
    pub fn manifest(&self, repository: &str, tag: &str) -> Option<(String, Vec<u8>)> {
        let path = format!("/v2/{repository}/manifests/{tag}");
        self.lock().manifests.get(&path).cloned()
    }

    pub fn blobs(&self) -> Vec<Vec<u8>> {
        self.lock().blobs.values().cloned().collect()
    }

    /// As a registry that is restarted and keeps uploads in memory.
    pub fn forget_uploads(&self) {
        self.lock().uploads.clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().expect("no panic")
    }

    pub fn answer(&self, seen: &Seen) -> Reply {
        let (path, query) = seen.path.split_once('?').unwrap_or((&seen.path, ""));
        if path == "/v2/" {
            return Reply::new(200, "{}");
        }
        if path.contains("/blobs/uploads/") {
            return self.upload(seen, path, query);
        }
        let mut state = self.lock();
        if let Some((_, digest)) = path.split_once("/blobs/") {
            return match state.blobs.get(digest) {
                Some(bytes) => {
                    Reply::new(200, bytes.clone()).header("docker-content-digest", digest)
                }
                None => Reply::error(404, "BLOB_UNKNOWN", "blob unknown"),
            };
        }
        match seen.method.as_str() {
            "PUT" => {
                let kind = seen.header("content-type").unwrap_or_default().to_owned();
                let digest = Digest::of(&seen.body).to_string();
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                let by_digest = format!("{folder}/{digest}");
                state
                    .manifests
                    .insert(by_digest, (kind.clone(), seen.body.clone()));
                state
                    .manifests
                    .insert(path.to_owned(), (kind, seen.body.clone()));
                Reply::new(201, "").header("docker-content-digest", digest)
            }
            _ => match state.manifests.get(path) {
                Some((kind, bytes)) => {
                    Reply::new(200, bytes.clone()).header("content-type", kind.clone())
                }
                None => Reply::error(404, "MANIFEST_UNKNOWN", "manifest unknown"),
            },
        }
    }

    fn upload(&self, seen: &Seen, path: &str, query: &str) -> Reply {
        let mut state = self.lock();
        if seen.method == "POST" {
            state.begun += 1;
            let place = format!("{path}{}", state.begun);
            state.uploads.insert(place.clone(), Vec::new());
            return Reply::new(202, "").header("location", place);
        }
        let Some(bytes) = state.uploads.get_mut(path) else {
            return Reply::error(404, "BLOB_UPLOAD_UNKNOWN", "upload unknown");
        };
        let start = seen.header("content-range").map(|range| {
            let start = range.split('-').next().unwrap_or_default();
            start.parse::<usize>().expect("a number")
        });
        if start.is_some_and(|start| start != bytes.len()) {
            return Reply::error(416, "RANGE_INVALID", "another range");
        }
        if start.is_none() && seen.method == "PATCH" && !bytes.is_empty() {
            return Reply::error(416, "RANGE_INVALID", "not at the start");
        }
        if seen.method != "GET" {
            bytes.extend_from_slice(&seen.body);
        }
        let range = format!("0-{}", bytes.len().saturating_sub(1));
        if seen.method != "PUT" {
            let status = if seen.method == "GET" { 204 } else { 202 };
            return Reply::new(status, "")
                .header("location", path)
                .header("range", range);
        }
        let digest = query
            .rsplit_once("digest=")
            .map_or("", |(_, digest)| digest);
        let digest = digest.replace("%3A", ":");
        if seen.cut {
            return Reply::new(500, "");
        }
        if Digest::of(bytes).to_string() != digest {
            state.uploads.remove(path);
            return Reply::error(400, "DIGEST_INVALID", "digest invalid");
        }
        let bytes = state.uploads.remove(path).unwrap_or_default();
        state.blobs.insert(digest, bytes);
        Reply::new(201, "")
    }
}
