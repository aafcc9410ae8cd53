//! What can go wrong with a bundle, or a container made of one.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::runtime::launch::{Failure, outcome};
use crate::sys::SysError;
use crate::types::escape;

#[derive(Debug)]
pub enum Error {
    /// The spec asks for something that is not done here: its field, and why.
    Refused {
        field: String,
        why: String,
    },
    /// The spec does not make sense.
    Invalid {
        field: String,
        why: String,
    },
    /// An id that names no directory.
    BadId(String),
    NoSuchContainer(String),
    Exists(String),
    /// Not possible in this state: what was wanted, of whom, and the state.
    State {
        what: &'static str,
        id: String,
        status: &'static str,
    },
    File {
        doing: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    /// The container could not be made or started.
    Start(Failure),
    /// A step of init failed after the start: what was being done, and why.
    Step {
        step: String,
        errno: i32,
    },
    /// A hook of the runtime's namespaces: its kind, its path, how it ended.
    Hook {
        kind: &'static str,
        path: PathBuf,
        why: String,
    },
    /// The id maps could not be written.
    Maps(String),
    /// A cgroup could not be made, entered or changed.
    Cgroup(String),
    System(SysError),
}

impl Error {
    pub fn refused(field: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Refused {
            field: field.into(),
            why: why.into(),
        }
    }

    pub fn invalid(field: impl Into<String>, why: impl Into<String>) -> Self {
        Self::Invalid {
            field: field.into(),
            why: why.into(),
        }
    }

    pub fn file(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::File {
            doing,
            path: path.to_owned(),
            source,
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Start(failure)
    }
}

impl From<SysError> for Error {
    fn from(error: SysError) -> Self {
        Self::System(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let q = escape::visible;
        match self {
            Self::Refused { field, why } => write!(f, "{} is not supported: {why}", q(field)),
            Self::Invalid { field, why } => write!(f, "{}: {why}", q(field)),
            Self::BadId(id) => write!(
                f,
                "container id {}: only letters, digits and _ + - . are allowed",
                escape::quoted(id)
            ),
            // These words are what Podman looks for.
            Self::NoSuchContainer(id) => {
                write!(f, "container {} does not exist", escape::quoted(id))
            }
            Self::Exists(id) => write!(f, "container with id exists: {}", q(id)),
            Self::State { what, id, status } => {
                write!(f, "cannot {what} container {}: it is {status}", q(id))
            }
            Self::File {
                doing,
                path,
                source,
            } => {
                let path = path.to_string_lossy();
                let why = match source.raw_os_error() {
                    Some(errno) => crate::sys::reason(errno),
                    None => source.to_string(),
                };
                write!(f, "{doing} {}: {why}", q(&path))
            }
            Self::Start(failure) => start(failure, f),
            Self::Step { step, errno } => write!(f, "{step}: {}", outcome(*errno)),
            Self::Hook { kind, path, why } => {
                write!(f, "{kind} hook {}: {why}", q(&path.to_string_lossy()))
            }
            Self::Maps(why) => write!(f, "writing the id maps: {why}"),
            Self::Cgroup(why) => write!(f, "cgroup: {why}"),
            Self::System(error) => error.fmt(f),
        }
    }
}

/// The workload's own failures in the words that Podman takes exit codes 126 and 127 from.
fn start(failure: &Failure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    const ENOENT: i32 = 2;
    let Some((name, errno)) = failure.of_command() else {
        return fmt::Display::fmt(failure, f);
    };
    let name_shown = escape::visible(name);
    if errno == ENOENT && !name.contains('/') {
        return write!(f, "executable file `{name_shown}` not found in $PATH");
    }
    write!(f, "exec {name_shown}: {}", crate::sys::reason(errno))
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Start(failure) => Some(failure),
            Self::System(error) => Some(error),
            _ => None,
        }
    }
}
