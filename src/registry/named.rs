//! What a name points at, as it is: for whoever wants the list itself, or passes it on.

use crate::registry::error::Error;
use crate::registry::{Client, Selector, manifest};
use crate::types::Digest;
use crate::types::image::{DOCKER_INDEX, OCI_INDEX};
use crate::types::strict::MAX_DOCUMENT;

/// A manifest or index exactly as received.
#[derive(Debug, Clone)]
pub struct Named {
    pub raw: Vec<u8>,
    pub media_type: &'static str,
    pub digest: Digest,
}

impl Named {
    pub fn is_list(&self) -> bool {
        matches!(self.media_type, OCI_INDEX | DOCKER_INDEX)
    }
}

impl Client {
    /// Fetches the document behind a tag or digest, whatever platform it is for.
    pub fn named(&self, selector: &Selector) -> Result<Named, Error> {
        let mut budget = MAX_DOCUMENT;
        let (raw, content_type, digest) = self.document(selector, None, &mut budget)?;
        let kind = manifest::kind(&raw, content_type.as_deref());
        let media_type = kind.map_err(|reason| Error::Document {
            what: format!("manifest {digest}"),
            reason,
        })?;
        Ok(Named {
            raw,
            media_type,
            digest,
        })
    }
}
