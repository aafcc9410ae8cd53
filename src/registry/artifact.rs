//! Artifacts: manifests whose layers are files rather than parts of a tree.
//!
//! image-spec manifest.md, "Guidelines for Artifact Usage". Any media type will do for what they
//! name; a list of manifests will not.

use crate::registry::error::Error;
use crate::registry::{Client, Resolved, Selector, manifest};
use crate::types::image::OCI_MANIFEST;
use crate::types::strict::MAX_DOCUMENT;

impl Client {
    /// Finds the manifest of an artifact behind a tag or digest.
    pub fn artifact(&self, selector: &Selector) -> Result<Resolved, Error> {
        let mut budget = MAX_DOCUMENT;
        let (raw, content_type, digest) = self.document(selector, None, &mut budget)?;
        let manifest = manifest::read_artifact(&raw, content_type.as_deref());
        let manifest = manifest.map_err(|reason| Error::Document {
            what: format!("manifest {digest}"),
            reason,
        })?;
        Ok(Resolved {
            raw,
            media_type: OCI_MANIFEST,
            digest,
            manifest,
            named: digest,
        })
    }
}
