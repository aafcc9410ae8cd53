//! A layer's tar stream becomes a directory, and that directory the same tar stream again.
//!
//! OCI image-spec, layer.md: change sets, whiteouts, opaque directories; written in overlayfs's
//! own terms (`user.overlay.*`, 0:0 devices), so that the tree can be mounted as it is.
//!
//! ```text
//! engine: compressed bytes ──pipe──▶ worker in U0, alone with one directory
//!                                      decompress → hash (DiffId) → reader → unpack → diff/
//!                                                             └────▶ record → tar
//!         ◀──report pipe── DiffId, sizes, warnings; or one sentence
//! ```
//!
//! There is one tar reader in the engine ([`reader`]), one idea of sizes, and every number an
//! archive gives is bounded by [`Limits`]. Not here: which layers an image has, where they lie.

pub mod adopt;
pub mod chunked;
pub mod compress;
pub mod contents;
pub mod decompress;
pub mod dedupe;
mod error;
mod header;
pub mod inflate;
mod names;
pub mod pack;
mod pax;
mod place;
pub mod reader;
mod record;
mod report;
pub mod tree;
mod unpack;
mod whiteout;
pub mod worker;
mod xattr;

pub use error::{Complaint, Error, Refusal};
pub use report::{Report, Unpacked};
pub use worker::unpack;

/// What a layer may cost (S-14 to S-17); the defaults are far above honest layers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Bytes of the uncompressed tar.
    pub bytes: u64,
    pub entries: u64,
    /// What must stay free on the file system.
    pub free: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 128 << 30,
            entries: 8_000_000,
            free: 32 << 20,
        }
    }
}

/// The longest path or link target: PATH_MAX of limits.h.
pub const MAX_PATH: usize = 4096;
/// The longest PAX or GNU extension (S-14).
pub const MAX_EXTENSION: u64 = 1 << 20;
/// Records in one PAX extension.
pub const MAX_RECORDS: usize = 4096;
/// Extension headers before one entry: a long name, a long link, or one PAX and globals.
pub const MAX_STACKED: usize = 4;
/// zstd's window: 128 MiB, what the format recommends decoders to allow (RFC 8878, 3.1.1.1.2).
pub const MAX_WINDOW_LOG: u32 = 27;

#[cfg(test)]
mod tests;
