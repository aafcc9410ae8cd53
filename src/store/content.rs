//! Blobs of any size: files of artifacts, written as a stream and named by what was written.
//!
//! They are on the disk before they have their name: what a user adds is nowhere else. They lie
//! among the documents of `blob`, and whoever reads one compares its digest.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;

use crate::store::file::{Beside, sync_parent};
use crate::store::{Error, Store};
use crate::sys::open::open_plain;
use crate::types::Digest;
use crate::types::digest::{Hasher, Verify};

/// A blob being written; dropped, it is gone.
pub struct NewBlob {
    beside: Beside,
    hasher: Hasher,
    size: u64,
}

impl Write for NewBlob {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.beside.file.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        self.size += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.beside.file.flush()
    }
}

impl NewBlob {
    /// Waits until all of it is on the disk.
    pub fn seal(self) -> Result<SealedBlob, Error> {
        let path = &self.beside.path;
        // Read-only also for whoever sees it through a mount.
        let closed = fs::Permissions::from_mode(0o444);
        self.beside
            .file
            .set_permissions(closed)
            .and_then(|()| self.beside.file.sync_all())
            .map_err(|error| Error::io("writing", path, error))?;
        Ok(SealedBlob {
            digest: self.hasher.finish(),
            size: self.size,
            beside: self.beside,
        })
    }
}

/// A whole blob that has no name yet: first a lease, then [`Store::keep_blob`].
pub struct SealedBlob {
    pub digest: Digest,
    /// In bytes.
    pub size: u64,
    beside: Beside,
}

impl Store {
    /// Begins a blob.
    pub fn begin_blob(&self) -> Result<NewBlob, Error> {
        let beside = self.begin_beside(&self.root.join("blobs/sha256"))?;
        Ok(NewBlob {
            beside,
            hasher: Hasher::default(),
            size: 0,
        })
    }

    /// Gives a blob its name; the caller has leased it.
    pub fn keep_blob(&self, sealed: SealedBlob) -> Result<(), Error> {
        let path = self.blob_path(&sealed.digest);
        sealed.beside.rename(&path)?;
        sync_parent(&path)
    }

    /// Keeps a document as [`Store::put_blob`], and waits until it is on the disk.
    pub fn put_blob_durably(&self, bytes: &[u8]) -> Result<Digest, Error> {
        let digest = Digest::of(bytes);
        if self.find_blob(&digest)?.is_none() {
            self.replace_durably(&self.blob_path(&digest), bytes)?;
        }
        Ok(digest)
    }

    /// Opens a blob; what its reader finds is to be compared with the digest.
    pub fn open_blob(&self, digest: &Digest) -> Result<fs::File, Error> {
        let path = self.blob_path(digest);
        open_plain(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::NoBlob { digest: *digest },
            _ => Error::io("opening", &path, error),
        })
    }

    /// Whether a blob is here and what its digest says.
    pub fn has_whole_blob(&self, digest: &Digest, size: u64) -> Result<bool, Error> {
        let file = match self.open_blob(digest) {
            Err(Error::NoBlob { .. }) => return Ok(false),
            opened => opened?,
        };
        let is_long = file.metadata().is_ok_and(|facts| facts.len() == size);
        let mut verified = Verify::new(file, *digest, size);
        Ok(is_long && io::copy(&mut verified.by_ref(), &mut io::sink()).is_ok())
    }
}
