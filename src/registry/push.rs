//! What a push asks besides uploads: is it there already, may it be taken over, here is the manifest.
//!
//! distribution-spec, "Push": existence checks, mounting a blob from another repository, manifests.
//! A registry's word that it has something counts only when what it says about it agrees (S-48).

use ureq::http::Method;

use crate::registry::error::Error;
use crate::registry::transport::{Answer, Payload, header};
use crate::registry::upload::{Content, Upload};
use crate::registry::{Ask, Client, Selector, Target};
use crate::types::Digest;

impl Client {
    /// Asks for the right to write, and to read in the repositories blobs may be mounted from.
    #[must_use]
    pub fn for_push(mut self, from: &[String]) -> Self {
        let mut scopes = vec![format!("repository:{}:pull,push", self.source.repository)];
        scopes.extend(from.iter().map(|from| format!("repository:{from}:pull")));
        self.auth.for_scopes(scopes);
        let place = self.source.to_string();
        self.transport.patience.opening =
            Some(format!("initializing destination docker://{place}"));
        self
    }

    /// Says whether the repository has a blob; `size` is what it must have, if we know.
    pub fn has_blob(&self, digest: &Digest, size: Option<u64>) -> Result<bool, Error> {
        let what = format!("blob {digest}");
        let path = format!("/v2/{}/blobs/{digest}", self.source.repository);
        let answer = self.prove(&Ask::new(&what, Method::HEAD, Target::Path(&path)))?;
        match answer.status {
            200 => {
                let lies = matches!((answer.length(), size), (Some(is), Some(size)) if is != size);
                Ok(!lies && agrees(&answer, digest))
            }
            404 => Ok(false),
            _ => Err(answer.into_error(&what, self.patience())),
        }
    }

    /// Asks the registry to take a blob over from another of its repositories; true when it did.
    pub fn mount(&self, digest: &Digest, from: &str) -> Result<bool, Error> {
        let what = format!("blob {digest}");
        let repository = &self.source.repository;
        let path = format!("/v2/{repository}/blobs/uploads/?mount={digest}&from={from}");
        let answer = self.prove(&Ask::new(&what, Method::POST, Target::Path(&path)))?;
        // Believed only about the very blob that was asked for. Registries that cannot do this,
        // or may not, say so in many ways; most begin an upload, which they give up in time.
        Ok(answer.status == 201 && agrees(&answer, digest))
    }

    /// Uploads a blob.
    pub fn push_blob(&self, content: &Content<'_>) -> Result<(), Error> {
        Upload::new(self, content).run()
    }

    /// Puts a manifest under a tag or its digest.
    pub fn put_manifest(
        &self,
        selector: &Selector,
        bytes: &[u8],
        media_type: &str,
    ) -> Result<(), Error> {
        let what = format!("manifest {selector}");
        let path = format!("/v2/{}/manifests/{selector}", self.source.repository);
        let answer = self.prove(&Ask {
            payload: Payload::Document(media_type, bytes),
            ..Ask::new(&what, Method::PUT, Target::Path(&path))
        })?;
        if !matches!(answer.status, 200..=202) {
            return Err(answer.into_error(&what, self.patience()));
        }
        let digest = Digest::of(bytes);
        if !agrees(&answer, &digest) {
            let said = header(&answer.headers, "docker-content-digest").unwrap_or_default();
            return Err(Error::Document {
                what,
                reason: format!(
                    "the registry took {} for {digest}",
                    crate::types::escape::visible(&said)
                ),
            });
        }
        Ok(())
    }
}

/// Whether the digest a registry names, if it names one, is this one.
fn agrees(answer: &Answer, digest: &Digest) -> bool {
    let said = header(&answer.headers, "docker-content-digest");
    said.is_none_or(|said| said.trim() == digest.to_string())
}
