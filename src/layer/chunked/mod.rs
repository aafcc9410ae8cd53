//! zstd:chunked: a zstd stream of many frames, with a table that says where each file lies.
//!
//! containers/storage, docs/containers-storage-zstd-chunked.md and pkg/chunked. Whoever does not
//! know the format sees a zstd stream (RFC 8878) and gets the tar:
//!
//! ```text
//! [headers] [content of a file] [padding, headers] [content, part 1] [content, part 2] …   zstd frames
//! [table of contents, JSON, zstd] [tar-split, JSON lines, zstd] [footer]          skippable frames
//! ```
//!
//! The tar-split says every byte of the tar that is not a file's content. With it and the table
//! the very tar is made again from contents that are here and frames that are fetched
//! ([`rebuild`]), so a layer's identity stays its DiffId, which is computed of all of it.

mod content;
mod crc;
mod frames;
pub mod rebuild;
mod rolling;
mod table;
pub mod toc;
pub mod write;

/// The first of the magics that a decoder passes over: RFC 8878, 3.1.2.
const SKIPPABLE: [u8; 4] = [0x50, 0x2a, 0x4d, 0x18];
/// A skippable frame's magic and length.
const SKIPPABLE_HEAD: u64 = 8;
/// What the footer ends with.
const MAGIC: [u8; 8] = *b"GNUlInUx";
