//! Documents by digest: manifests and configs, exactly as received.
//!
//! They are hashed on every reading, which costs microseconds and makes an fsync needless:
//! what a power cut left torn counts as absent and is fetched again. Layers are not kept in
//! this form, see `layer`.

use std::path::PathBuf;

use crate::store::file::read_small;
use crate::store::{Error, Store};
use crate::types::Digest;

impl Store {
    pub(crate) fn blob_path(&self, digest: &Digest) -> PathBuf {
        self.root.join("blobs/sha256").join(digest.hex())
    }

    /// Keeps a document; returns its digest.
    pub fn put_blob(&self, bytes: &[u8]) -> Result<Digest, Error> {
        let digest = Digest::of(bytes);
        // Another's copy may go; what our records name is ours.
        if self.own_blob(&digest)?.is_none() {
            self.replace(&self.blob_path(&digest), bytes)?;
        }
        Ok(digest)
    }

    /// Returns a document, whose digest was checked just now.
    pub fn blob(&self, digest: &Digest) -> Result<Vec<u8>, Error> {
        self.find_blob(digest)?
            .ok_or(Error::NoBlob { digest: *digest })
    }

    /// Returns a document or `None`; a damaged one counts as absent.
    pub fn find_blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        match self.own_blob(digest)? {
            None => self.additional_blob(digest),
            found => Ok(found),
        }
    }

    pub(crate) fn own_blob(&self, digest: &Digest) -> Result<Option<Vec<u8>>, Error> {
        let found = match read_small(&self.blob_path(digest)) {
            Err(Error::Damaged { .. }) => None,
            found => found?,
        };
        Ok(found.filter(|bytes| Digest::of(bytes) == *digest))
    }
}

#[cfg(test)]
impl Store {
    pub(crate) fn blob_path_for_test(&self, digest: &Digest) -> PathBuf {
        self.blob_path(digest)
    }
}
