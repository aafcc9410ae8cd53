//! Unpacked layers by chain id.
//!
//! A layer's identity is the chain of DiffIds we computed ourselves. Which compressed blobs
//! it was verified against is kept beside it (`blob-<hex>`, or `table-<hex>` where only what its
//! table of contents describes was seen): an image that merely claims a DiffId does not get the
//! stored layer without its own blob having been checked (S-23).

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::store::error::passed;
use crate::store::file::{names_in, read_json, read_small, to_json, write_private};
use crate::store::stage::Staged;
use crate::store::{Error, Object, Owners, Store};
use crate::sys;
use crate::types::chunked::Chunked;
use crate::types::image::Compression;
use crate::types::{ChainId, DiffId, Digest, Timestamp};
use crate::userns::machine;

/// The record of a layer.
const FACTS: &str = "layer.json";

/// What a mark in tmp/ begins with that is about a tree below shifted/.
const NEW_SHIFTED: &str = "new-shifted-";

/// `layers/<chain>/layer.json`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayerFacts {
    pub diff_id: DiffId,
    /// The layer below; `None` for the lowest.
    pub parent: Option<ChainId>,
    /// Bytes of the uncompressed tar.
    pub size: u64,
    pub entries: u64,
    pub created: Timestamp,
    /// Its archive says nothing of the root directory: that is as the layers below have it.
    #[serde(default)]
    pub bare_root: bool,
}

impl LayerFacts {
    fn chain(&self) -> ChainId {
        self.diff_id.upon(self.parent.as_ref())
    }
}

/// A layer that is here, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLayer {
    pub chain: ChainId,
    /// layers/<chain>
    pub path: PathBuf,
    /// layers/<chain>/diff: the tree.
    pub diff: PathBuf,
    pub facts: LayerFacts,
}

/// A blob, as registries have it, that was seen to be a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerBlob {
    pub digest: Digest,
    /// Bytes of the blob.
    pub size: u64,
    pub compression: Compression,
    /// Where a zstd:chunked blob has its table of contents.
    pub chunked: Option<Chunked>,
}

impl LayerBlob {
    /// Reads `gzip 1234`, and behind it where the table of contents is; a file that says nothing,
    /// or was torn, says nothing.
    fn parse(digest: Digest, bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (name, size) = text.strip_suffix('\n')?.split_once(' ')?;
        let (size, chunked) = match size.split_once(' ') {
            Some((size, chunked)) => (size, Some(Chunked::parse(chunked)?)),
            None => (size, None),
        };
        Some(Self {
            digest,
            size: size.parse().ok()?,
            compression: Compression::parse(name)?,
            chunked,
        })
    }

    fn line(&self) -> String {
        let mut line = format!("{} {}", self.compression.name(), self.size);
        if let Some(chunked) = &self.chunked {
            line.push(' ');
            line.push_str(&chunked.line());
        }
        line.push('\n');
        line
    }
}

impl StoredLayer {
    /// Whether this compressed blob was seen to be this layer.
    pub fn is_from(&self, blob: &Digest) -> bool {
        self.path.join(format!("blob-{}", blob.hex())).exists()
    }

    /// Whether what this table of contents describes was seen to be this layer.
    pub fn is_from_table(&self, table: &Digest) -> bool {
        self.path.join(format!("table-{}", table.hex())).exists()
    }

    /// Returns the blobs that were seen to be this layer and of which more is known.
    pub fn blobs(&self) -> Result<Vec<LayerBlob>, Error> {
        let mut found = Vec::new();
        for name in names_in(&self.path)? {
            let digest = name.strip_prefix("blob-").map(Digest::parse_hex);
            if let Some(Ok(digest)) = digest
                && let Some(bytes) = read_small(&self.path.join(&name))?
            {
                found.extend(LayerBlob::parse(digest, &bytes));
            }
        }
        found.sort_by_key(|blob| blob.digest);
        Ok(found)
    }
}

impl Store {
    /// Returns where a layer's tree is, without a look whether it is there.
    ///
    /// In an additional store when only such a one has it.
    pub fn layer_diff(&self, chain: &ChainId) -> PathBuf {
        let own = self.own_diff(chain);
        let elsewhere = || self.additional_layer(chain).ok().flatten();
        match own.exists() {
            true => own,
            false => elsewhere().map_or(own, |layer| layer.diff),
        }
    }

    /// The same, if this very store has it.
    pub fn own_diff(&self, chain: &ChainId) -> PathBuf {
        self.layer_path(chain).join("diff")
    }

    /// Returns where the layers are.
    pub fn layers_directory(&self) -> PathBuf {
        self.root.join("layers")
    }

    pub(crate) fn layer_path(&self, chain: &ChainId) -> PathBuf {
        self.layers_directory().join(chain.hex())
    }

    /// Returns a layer, or `None` when it is neither here nor in an additional store.
    pub fn layer(&self, chain: &ChainId) -> Result<Option<StoredLayer>, Error> {
        match self.own_layer(chain)? {
            None => self.additional_layer(chain),
            found => Ok(found),
        }
    }

    /// Returns a layer of this very store, or `None` when it is not here.
    ///
    /// One whose record is damaged counts as absent. One that a power cut may have torn is thrown
    /// away besides: it came in an earlier boot and was never seen on the disk.
    pub(crate) fn own_layer(&self, chain: &ChainId) -> Result<Option<StoredLayer>, Error> {
        let path = self.layer_path(chain);
        let facts = match read_json::<LayerFacts>(&path.join(FACTS)) {
            Ok(None) => return Ok(None),
            // Another layer's record is as good as none.
            Ok(Some(facts)) => Some(facts).filter(|facts| facts.chain() == *chain),
            Err(Error::Damaged { .. }) => None,
            Err(error) => return Err(error),
        };
        let torn = match read_small(&path.join("unsynced"))? {
            Some(boot) => boot != machine::boot_id().as_bytes(),
            None => false,
        };
        // Its maker will see to it: it has just come, or is lost.
        if torn && self.only_read {
            return Ok(None);
        }
        if torn {
            tracing::warn!("layer {chain} was not on the disk before a power cut: dropped");
            self.discard(&path)?;
            return Ok(None);
        }
        // Without its record it is no layer; somebody may be running on its tree all the same.
        Ok(facts.map(|facts| StoredLayer {
            chain: *chain,
            diff: path.join("diff"),
            path,
            facts,
        }))
    }

    /// Returns a layer that must be here.
    pub fn needed_layer(&self, chain: &ChainId) -> Result<StoredLayer, Error> {
        if let Some(layer) = self.layer(chain)? {
            return Ok(layer);
        }
        let path = self.layer_path(chain);
        if path.exists() {
            return Err(Error::damaged(&path.join(FACTS), "it cannot be read"));
        }
        Err(Error::Unknown {
            object: Object::Layer,
            word: chain.to_string(),
        })
    }

    /// Remembers that this blob was verified to be this layer.
    pub fn add_layer_blob(&self, chain: &ChainId, blob: &Digest) -> Result<(), Error> {
        self.attest(chain, blob, b"")
    }

    /// The same, with what a push wants to know to find it again in a registry.
    pub fn describe_layer_blob(&self, chain: &ChainId, blob: &LayerBlob) -> Result<(), Error> {
        self.attest(chain, &blob.digest, blob.line().as_bytes())
    }

    /// Remembers that what a blob's table of contents describes was verified to be this layer.
    pub fn add_layer_table(&self, chain: &ChainId, table: &Digest) -> Result<(), Error> {
        self.attest_as(chain, &format!("table-{}", table.hex()), b"")
    }

    /// Returns another layer of this content that this blob was seen to be.
    pub fn layer_from(
        &self,
        blob: &Digest,
        diff_id: &DiffId,
    ) -> Result<Option<StoredLayer>, Error> {
        let name = format!("blob-{}", blob.hex());
        for chain in self.layers()? {
            if self.layer_path(&chain).join(&name).exists()
                && let Some(layer) = self.own_layer(&chain)?
                && layer.facts.diff_id == *diff_id
            {
                return Ok(Some(layer));
            }
        }
        Ok(None)
    }

    fn attest(&self, chain: &ChainId, blob: &Digest, line: &[u8]) -> Result<(), Error> {
        self.attest_as(chain, &format!("blob-{}", blob.hex()), line)
    }

    fn attest_as(&self, chain: &ChainId, name: &str, line: &[u8]) -> Result<(), Error> {
        let layer = self.layer_path(chain);
        // In an additional store nothing is remembered.
        if !layer.exists() {
            return Ok(());
        }
        let path = layer.join(name);
        passed("store.layer.committed", &path)?;
        self.write_in_layer(&path, line)?;
        passed("store.layer.attested", &path)
    }

    /// Returns the chain ids of all layers.
    pub fn layers(&self) -> Result<Vec<ChainId>, Error> {
        let names = names_in(&self.root.join("layers"))?;
        Ok(names
            .iter()
            .filter_map(|name| Digest::parse_hex(name).ok())
            .map(ChainId)
            .collect())
    }

    /// Notes in tmp/ that something new waits for [`Store::settle`].
    fn announce_new(&self, chain: &ChainId) -> Result<(), Error> {
        let path = self.tmp().join(format!("new-{}", chain.hex()));
        write_private(&path, b"")
    }

    /// The same for `shifted/<name>`.
    pub(crate) fn announce_shifted(&self, name: &str) -> Result<(), Error> {
        let path = self.tmp().join(format!("{NEW_SHIFTED}{name}"));
        write_private(&path, b"")
    }

    /// Waits until everything is on the disk, then takes the marks off the layers that
    /// were there before the waiting began. For a detached process.
    pub fn settle(&self) -> Result<(), Error> {
        let fresh: Vec<String> = names_in(&self.tmp())?
            .into_iter()
            .filter(|name| name.starts_with("new-"))
            .collect();
        if fresh.is_empty() {
            return Ok(());
        }
        sys::fs::sync_file_system(self.directory()?)
            .map_err(|error| Error::sys("syncing", &self.root, error))?;
        for name in fresh {
            let place = match name.strip_prefix(NEW_SHIFTED) {
                Some(shifted) => self.root.join("shifted").join(shifted),
                None => self
                    .root
                    .join("layers")
                    .join(name.trim_start_matches("new-")),
            };
            remove_if_there(&place.join("unsynced"))?;
            remove_if_there(&self.tmp().join(&name))?;
        }
        Ok(())
    }
}

fn remove_if_there(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::io("removing", path, error))
        }
        _ => Ok(()),
    }
}

impl Staged {
    /// Makes the staged directory, which holds `diff/` and `tar`, the layer of this chain id.
    ///
    /// When somebody else was quicker, theirs stays: both are the same.
    pub fn commit_layer(
        self,
        store: &Store,
        chain: &ChainId,
        facts: &LayerFacts,
    ) -> Result<StoredLayer, Error> {
        for (name, bytes) in [
            (FACTS, to_json(facts)),
            ("unsynced", machine::boot_id().into_bytes()),
        ] {
            write_private(&self.path().join(name), &bytes)?;
        }
        if store.owners() == Owners::Noted {
            self.show()?;
        }
        let place = store.layer_path(chain);
        passed("store.layer.staged", &place)?;
        store.announce_new(chain)?;
        passed("store.layer.announced", &place)?;
        for _ in 0..2 {
            if let Some(layer) = store.own_layer(chain)? {
                return Ok(layer); // `self` goes to the trash
            }
            // A record that was damaged is written again: containers may run on the tree.
            if place.join("diff").is_dir() && place.join("tar").is_file() {
                store.replace(&place.join(FACTS), &to_json(facts))?;
                continue;
            }
            // A directory without a tree cannot come from us; it makes way.
            if place.exists() {
                store.discard(&place)?;
            }
            match fs::rename(self.path(), &place) {
                Ok(()) => break,
                Err(error) if error.raw_os_error() == Some(sys::fs::ENOTEMPTY) => {}
                Err(error) => return Err(Error::io("renaming into place", &place, error)),
            }
        }
        store.needed_layer(chain)
    }
}
