//! Why the store could not do what it was asked.

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::store::{FORMAT, MAKING, MARKER, OPENING, Owners};
use crate::sys;
use crate::sys::SysError;
use crate::types::escape;
use crate::types::{ContainerId, ContainerName, Digest};

/// What kind of thing a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    Image,
    Container,
    Volume,
    Network,
    Layer,
    Secret,
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Image => "image",
            Self::Container => "container",
            Self::Volume => "volume",
            Self::Network => "network",
            Self::Layer => "layer",
            Self::Secret => "secret",
        })
    }
}

#[derive(Debug)]
pub enum Error {
    /// A file operation failed.
    Io {
        /// "writing", "opening the store": comes before the path.
        doing: &'static str,
        path: PathBuf,
        errno: i32,
        reason: String,
        /// The mount point that is full, for ENOSPC and EDQUOT.
        full: Option<PathBuf>,
    },
    /// The directory holds things that are not a store's.
    NotAStore {
        path: PathBuf,
        found: OsString,
    },
    /// The root is a home, or the top of all files.
    Precious {
        path: PathBuf,
    },
    /// The root belongs to another user.
    NotOurs {
        path: PathBuf,
        owner: u32,
    },
    /// The store keeps its owners otherwise than asked for.
    OtherOwners {
        path: PathBuf,
        /// As it was made.
        owners: Owners,
    },
    /// An additional image store cannot be used.
    Additional {
        path: PathBuf,
        why: String,
        hint: &'static str,
    },
    /// A later version of this program wrote the store.
    TooNew {
        path: PathBuf,
        number: u32,
    },
    /// A file of the store does not say what it should.
    Damaged {
        path: PathBuf,
        reason: String,
    },
    /// Content is not here.
    NoBlob {
        digest: Digest,
    },
    /// No object of that name, id or prefix.
    Unknown {
        object: Object,
        word: String,
    },
    /// A prefix that fits several.
    Ambiguous {
        object: Object,
        word: String,
        found: Vec<String>,
    },
    /// The name is in use.
    NameTaken {
        name: ContainerName,
        by: ContainerId,
    },
    VolumeExists {
        name: ContainerName,
    },
    SecretExists {
        name: String,
    },
    /// Somebody else works on it and did not finish in time.
    Busy {
        what: String,
        waited: Duration,
    },
}

impl Error {
    pub fn io(doing: &'static str, path: &Path, error: io::Error) -> Self {
        let errno = error.raw_os_error().unwrap_or(0);
        let reason = match errno {
            0 => error.to_string(),
            errno => sys::reason(errno),
        };
        let full = (errno == sys::fs::ENOSPC || errno == sys::fs::EDQUOT)
            .then(|| mount_point(path))
            .flatten();
        Self::Io {
            doing,
            path: path.to_owned(),
            errno,
            reason,
            full,
        }
    }

    pub(crate) fn sys(doing: &'static str, path: &Path, error: SysError) -> Self {
        Self::io(doing, path, error.into())
    }

    pub(crate) fn damaged(path: &Path, reason: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.to_owned(),
            reason: reason.into(),
        }
    }

    /// Returns what the user can do, where we know it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Damaged { path, .. } => Some(repair(path)),
            Self::TooNew { .. } => Some(
                "use the version of coracle that wrote it, or another store with --root DIR".into(),
            ),
            Self::Additional { hint, .. } => Some((*hint).into()),
            Self::NotAStore { .. }
            | Self::Precious { .. }
            | Self::NotOurs { .. }
            | Self::OtherOwners { .. } => Some("name another directory with --root DIR".into()),
            Self::Io {
                doing: MAKING | OPENING,
                full: None,
                ..
            } => Some("name another directory for the store with --root DIR".into()),
            _ => None,
        }
    }

    /// Whether emptying the trash may help (design.md section 4).
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Io { full: Some(_), .. })
    }
}

/// What helps where a file of the store is damaged: the store never throws it away by itself.
fn repair(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let of = |folder: &str| parts.iter().rposition(|part| part == folder);
    if let Some(id) = of("containers").and_then(|at| parts.get(at + 1)) {
        let id = id.get(..12).unwrap_or(id);
        return format!("coracle rm --force {id} removes what is left of that container");
    }
    if let Some(name) = of("volumes").and_then(|at| parts.get(at + 1)) {
        return format!("the data of volume {name} is beside that file, in _data");
    }
    if of("images").is_some() || of("layers").is_some() || of("blobs").is_some() {
        return "pull or load the image again".to_owned();
    }
    match path.file_name() {
        Some(name) if name == "version" => {
            format!("if this is a store, its content is \"{MARKER}{FORMAT}\"")
        }
        _ => "mend or remove that file".to_owned(),
    }
}

/// Passes a failpoint (`sys::failpoint`): a change of `path` has just been made or prepared.
pub(crate) fn passed(name: &'static str, path: &Path) -> Result<(), Error> {
    sys::failpoint::hit(name).map_err(|error| Error::sys("changing", path, error))
}

/// Returns the topmost directory on the same file system: what is full has this name.
pub fn mount_point(path: &Path) -> Option<PathBuf> {
    let mut here = path;
    let device = loop {
        match std::fs::symlink_metadata(here) {
            Ok(facts) => break facts.dev(),
            Err(_) => here = here.parent()?,
        }
    };
    while let Some(above) = here.parent() {
        match std::fs::metadata(above) {
            Ok(facts) if facts.dev() == device => here = above,
            _ => break,
        }
    }
    Some(here.to_owned())
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io {
                doing,
                path,
                reason,
                full,
                ..
            } => {
                write!(f, "{doing} {}: {reason}", path.display())?;
                match full {
                    Some(mount) => write!(f, ": the file system at {} is full", mount.display()),
                    None => Ok(()),
                }
            }
            Self::NotAStore { path, found } => write!(
                f,
                "{} is not an image store: it contains {}",
                path.display(),
                escape::quoted(&found.to_string_lossy())
            ),
            Self::Precious { path } => {
                let place = match path.as_os_str() == "/" {
                    true => "the top of all files",
                    false => "your home",
                };
                write!(f, "{} is {place}, not an image store", path.display())
            }
            Self::NotOurs { path, owner } => write!(
                f,
                "the image store {} belongs to the user with id {owner}",
                path.display()
            ),
            Self::OtherOwners { path, owners } => {
                let made = match owners {
                    Owners::Kept => "without",
                    Owners::Noted => "with",
                };
                let path = path.display();
                write!(
                    f,
                    "the image store {path} was made {made} force_mask, and stays so"
                )
            }
            Self::Additional { path, why, .. } => write!(
                f,
                "the additional image store {}: {}",
                path.display(),
                escape::visible(why)
            ),
            Self::TooNew { path, number } => write!(
                f,
                "the image store {} has format {number}, written by a newer version of coracle",
                path.display()
            ),
            Self::Damaged { path, reason } => {
                write!(
                    f,
                    "{} is damaged: {}",
                    path.display(),
                    escape::visible(reason)
                )
            }
            Self::NoBlob { digest } => write!(f, "{digest} is not in the store"),
            // Scripts look for these words: they are Podman's.
            Self::Unknown {
                object: Object::Image,
                word,
            } => write!(f, "{}: image not known", escape::visible(word)),
            Self::Unknown {
                object: Object::Volume,
                word,
            } => write!(
                f,
                "no volume with name {} found: no such volume",
                escape::quoted(word)
            ),
            Self::Unknown {
                object: Object::Secret,
                word,
            } => write!(
                f,
                "no secret with name or id {}: no such secret",
                escape::quoted(word)
            ),
            Self::Unknown { object, word } => write!(
                f,
                "no {object} with name or ID {} found: no such {object}",
                escape::quoted(word)
            ),
            Self::Ambiguous {
                object,
                word,
                found,
            } => write!(
                f,
                "{} fits more than one {object}: {}",
                escape::quoted(word),
                found.join(", ")
            ),
            Self::NameTaken { name, by } => {
                write!(f, "the container name \"{name}\" is already in use by {by}")
            }
            Self::VolumeExists { name } => write!(
                f,
                "volume with name {name} already exists: volume already exists"
            ),
            Self::SecretExists { name } => {
                write!(f, "{}: secret name in use", escape::visible(name))
            }
            Self::Busy { what, waited } => write!(
                f,
                "another command has been working on {what} for {} seconds",
                waited.as_secs()
            ),
        }
    }
}

impl std::error::Error for Error {}
