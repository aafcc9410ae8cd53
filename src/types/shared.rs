//! What a layer shares with others on the disk, as it is noted in the store.

use serde::{Deserialize, Serialize};

/// Files of a layer that others had before, and that are kept once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedFiles {
    /// Chain ids in hex of all that had these files.
    pub with: Vec<String>,
    pub files: u64,
    /// Bytes on the disk.
    pub bytes: u64,
}
