//! What a worker tells its engine: one JSON document, bounded, through a pipe of its own.

use serde::{Deserialize, Serialize};

use crate::layer::error::{Complaint, Error};
use crate::types::DiffId;

/// The longest report.
pub const MAX_REPORT: u64 = 64 << 10;

/// A layer that lies unpacked in its staged directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unpacked {
    /// The digest of the uncompressed tar, computed while unpacking.
    pub diff_id: DiffId,
    /// Bytes of the uncompressed tar.
    pub size: u64,
    pub entries: u64,
    /// Whether [`crate::layer::adopt::adopt`] has to complete it once the layers below are here.
    pub needs_adoption: bool,
    /// The archive says nothing of the root directory.
    pub bare_root: bool,
    /// What was left out, one sentence each.
    pub warnings: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Report {
    Unpacked(Unpacked),
    /// The job is done and there is nothing to tell.
    Done,
    /// Bytes of each tree.
    Sizes(Vec<u64>),
    Failed {
        refused: bool,
        full: bool,
        about: Option<Complaint>,
        text: String,
    },
}

impl Report {
    pub fn of(error: &Error) -> Self {
        Self::Failed {
            refused: error.is_refusal(),
            full: error.is_full(),
            about: error.about(),
            text: error.to_string(),
        }
    }
}
