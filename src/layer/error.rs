//! Why a layer was not unpacked or packed.

use std::fmt;
use std::io;

use crate::sys;
use crate::sys::SysError;
use crate::types::escape;
use crate::types::image::Compression;
use crate::userns;

/// What is wrong with an archive; each refuses the whole layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The tar stream ends before its end mark.
    Truncated,
    /// Not a tar header, at this offset: checksum, number or padding.
    BadHeader {
        offset: u64,
        what: &'static str,
    },
    /// A PAX or GNU extension that does not follow its format.
    BadExtension {
        offset: u64,
        what: &'static str,
    },
    /// `..`, or a link that leads out.
    Escapes,
    /// An entry that cleans to the root but is no directory.
    RootIsNoDirectory,
    /// A path, target or component longer than allowed.
    TooLong {
        what: &'static str,
    },
    Sparse,
    UnknownType(u8),
    /// A size where the type has no content.
    SizeOfNothing,
    /// A parent that is a file.
    ParentIsNoDirectory,
    /// Links that lead in a circle.
    LinkLoop,
    /// `.wh.` with a bad suffix, in a parent's name, or on something that is no empty file.
    BadWhiteout(&'static str),
    /// A 0:0 device, overlayfs's own mark.
    OverlayDevice,
    /// A hard link whose target is not in this layer, or is no file.
    LinkTarget {
        target: Vec<u8>,
        what: &'static str,
    },
    /// An id that the user's id map does not have.
    UnmappedId {
        uid: u32,
        gid: u32,
    },
    /// Not what the media type says.
    OtherCompression {
        declared: Compression,
        found: &'static str,
    },
    BadStream {
        what: String,
    },
    /// A table of contents that does not describe its blob.
    BadTable {
        what: String,
    },
    TooBig {
        limit: u64,
    },
    TooManyEntries {
        limit: u64,
    },
    /// Neither a file nor a directory, where one of them is wanted.
    NoFile,
    /// The path does not lead anywhere.
    Missing {
        errno: i32,
    },
    /// A directory, or an archive, is to go where a file is, or nothing.
    NeedsDirectory,
    /// A directory is where something else is to go, or the other way round.
    InTheWay,
    /// The file system refused the name.
    Name {
        errno: i32,
    },
}

/// Refusals that say more about the two ends of a copy than about an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Complaint {
    /// The path does not lead anywhere.
    Missing {
        errno: i32,
    },
    NeedsDirectory,
    /// A directory is where something else is to go, or the other way round.
    InTheWay,
    /// The bytes are no tar.
    NoArchive,
}

#[derive(Debug)]
pub enum Error {
    /// The archive is at fault; `entry` is the path in it, if one was read.
    Refused {
        entry: Option<Vec<u8>>,
        why: Refusal,
    },
    /// The machine is at fault.
    Io {
        doing: &'static str,
        error: SysError,
    },
    /// Writing would leave less than the floor.
    NoSpace { free: u64, floor: u64 },
    /// The caller's stream failed: network, digest, file.
    Stream(io::Error),
    /// What the worker said; already a sentence.
    Worker {
        refused: bool,
        full: bool,
        about: Option<Complaint>,
        text: String,
    },
    /// The worker ended without a word.
    WorkerDied { how: String },
    /// The worker made no progress.
    Stalled,
    /// No worker could be started.
    Userns(userns::Error),
    /// What a layer's record says is not what its directory holds.
    Damaged { what: String },
}

impl Error {
    pub(crate) fn refused(entry: &[u8], why: Refusal) -> Self {
        Self::Refused {
            entry: Some(entry.to_vec()),
            why,
        }
    }

    pub(crate) fn io(doing: &'static str) -> impl Fn(SysError) -> Self {
        move |error| Self::Io { doing, error }
    }

    pub(crate) fn std(doing: &'static str) -> impl Fn(io::Error) -> Self {
        move |error| Self::Io {
            doing,
            error: SysError::new("write", "", error.raw_os_error().unwrap_or(0)),
        }
    }

    /// Whether the archive is at fault.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. } | Self::Worker { refused: true, .. }
        )
    }

    /// What engines tell in words of their own.
    pub fn about(&self) -> Option<Complaint> {
        match self {
            Self::Worker { about, .. } => *about,
            Self::Refused { why, .. } => match why {
                Refusal::Missing { errno } => Some(Complaint::Missing { errno: *errno }),
                Refusal::NeedsDirectory => Some(Complaint::NeedsDirectory),
                Refusal::InTheWay => Some(Complaint::InTheWay),
                Refusal::BadHeader { .. } | Refusal::Truncated => Some(Complaint::NoArchive),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the file system is full: emptying the trash may help.
    pub fn is_full(&self) -> bool {
        match self {
            Self::NoSpace { .. } | Self::Worker { full: true, .. } => true,
            Self::Io { error, .. } => {
                error.errno == sys::fs::ENOSPC || error.errno == sys::fs::EDQUOT
            }
            _ => false,
        }
    }
}

impl From<userns::Error> for Error {
    fn from(error: userns::Error) -> Self {
        Self::Userns(error)
    }
}

fn shown(bytes: &[u8]) -> String {
    let text = escape::visible_bytes(bytes);
    match text.char_indices().nth(escape::MAX_SHOWN) {
        Some((cut, _)) => format!("\"{}…\"", &text[..cut]),
        None => format!("\"{text}\""),
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("the archive ends too early"),
            Self::BadHeader { offset, what } => {
                write!(f, "malformed tar header at byte {offset}: {what}")
            }
            Self::BadExtension { offset, what } => {
                write!(f, "malformed tar extension at byte {offset}: {what}")
            }
            Self::Escapes => f.write_str("path escapes the image root"),
            Self::RootIsNoDirectory => f.write_str("the image root must be a directory"),
            Self::TooLong { what } => write!(f, "{what} is too long"),
            Self::Sparse => f.write_str("sparse entries are not supported"),
            Self::UnknownType(flag) => {
                write!(f, "unknown entry type \"{}\"", flag.escape_ascii())
            }
            Self::SizeOfNothing => f.write_str("a size is given where there is no content"),
            Self::ParentIsNoDirectory => f.write_str("its parent is not a directory"),
            Self::LinkLoop => f.write_str("too many symbolic links"),
            Self::BadWhiteout(what) => write!(f, "malformed whiteout: {what}"),
            Self::OverlayDevice => f.write_str("a character device 0:0 is not allowed"),
            Self::LinkTarget { target, what } => {
                write!(f, "hard link to {}: {what}", shown(target))
            }
            Self::UnmappedId { uid, gid } => write!(
                f,
                "owner {uid}:{gid} is outside the range of your subordinate ids"
            ),
            Self::OtherCompression { declared, found } => {
                let declared = match declared {
                    Compression::Plain => "an uncompressed tar",
                    Compression::Gzip => "gzip",
                    Compression::Zstd => "zstd",
                };
                write!(f, "declared as {declared} but is {found}")
            }
            Self::BadStream { what } => write!(f, "damaged compressed data: {what}"),
            Self::BadTable { what } => write!(f, "false table of contents: {what}"),
            Self::TooBig { limit } => {
                write!(
                    f,
                    "layer grows beyond {:.1} GiB",
                    *limit as f64 / (1u64 << 30) as f64
                )
            }
            Self::TooManyEntries { limit } => write!(f, "more than {limit} entries"),
            Self::NoFile => f.write_str("neither a file nor a directory"),
            Self::NeedsDirectory => f.write_str("destination must be a directory"),
            Self::InTheWay => {
                f.write_str("a directory and something else exclude each other: file exists")
            }
            Self::Missing { errno } | Self::Name { errno } => f.write_str(&sys::reason(*errno)),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused {
                entry: Some(entry),
                why,
            } => write!(f, "{}: {why}", shown(entry)),
            Self::Refused { entry: None, why } => write!(f, "{why}"),
            Self::Io { doing, error } => write!(f, "{doing}: {}", error.reason()),
            Self::NoSpace { free, floor } => write!(
                f,
                "no space left: {} MiB are free, {} MiB must stay free",
                free >> 20,
                floor >> 20
            ),
            Self::Stream(error) => write!(f, "{error}"),
            Self::Worker { text, .. } => f.write_str(text),
            Self::WorkerDied { how } => write!(f, "the unpacking process {how}"),
            Self::Stalled => f.write_str("the unpacking process made no progress"),
            Self::Userns(error) => write!(f, "{error}"),
            Self::Damaged { what } => write!(f, "the stored layer is damaged: {what}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Stream(error) => Some(error),
            Self::Userns(error) => Some(error),
            _ => None,
        }
    }
}
