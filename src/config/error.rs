//! Why the user's configuration cannot be followed.

use std::fmt;
use std::path::PathBuf;

use crate::types::escape::{quoted, visible};

/// A file or program of the user's that we cannot follow.
#[derive(Debug)]
pub enum Error {
    /// A file that exists cannot be read.
    Read {
        path: PathBuf,
        source: std::io::Error,
    },
    /// A file of the user's cannot be written.
    Write {
        path: PathBuf,
        source: std::io::Error,
    },
    /// A file does not say what it should.
    Content { path: PathBuf, reason: String },
    /// A file that another than its owner could have written.
    Exposed { path: PathBuf, why: &'static str },
    /// A short name with several search registries, in the mode that wants an answer.
    Ambiguous {
        name: String,
        registries: Vec<String>,
    },
    /// registries.conf forbids it.
    Blocked { name: String, path: PathBuf },
    /// policy.json does not let it in; `scope` is which of its rules.
    Policy {
        name: String,
        scope: String,
        path: PathBuf,
        reason: String,
    },
    /// A credential helper failed.
    Helper {
        program: String,
        registry: String,
        reason: String,
    },
    /// Neither an option nor the environment says where to keep things.
    NoHome,
}

impl Error {
    pub fn content(path: impl Into<PathBuf>, reason: impl Into<String>) -> Self {
        Self::Content {
            path: path.into(),
            reason: reason.into(),
        }
    }

    /// Returns what the user can do, where we know it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Ambiguous { .. } => {
                Some("write the whole name, such as docker.io/library/debian")
            }
            Self::Exposed { .. } => Some("look at what it says, then chown it and chmod go-w"),
            Self::NoHome => Some("name a directory with --root DIR"),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, source } => {
                let text = source.to_string().to_lowercase();
                let reason = text.split(" (os error").next().unwrap_or_default();
                write!(f, "cannot read {}: {reason}", path.display())
            }
            Self::Write { path, source } => {
                let text = source.to_string().to_lowercase();
                let reason = text.split(" (os error").next().unwrap_or_default();
                write!(f, "cannot write {}: {reason}", path.display())
            }
            Self::Content { path, reason } => write!(f, "{}: {reason}", path.display()),
            Self::Exposed { path, why } => {
                write!(f, "{} is not followed: {why}", path.display())
            }
            Self::Ambiguous { name, registries } => write!(
                f,
                "the short name {} may be in any of {}, and short-name-mode is \"enforcing\"",
                quoted(name),
                visible(&registries.join(", "))
            ),
            Self::Blocked { name, path } => {
                write!(f, "{} is blocked by {}", visible(name), path.display())
            }
            Self::Policy {
                name,
                scope,
                path,
                reason,
            } => {
                let path = path.display();
                write!(f, "{}: the policy {path} {scope} {reason}", visible(name))
            }
            Self::Helper {
                program,
                registry,
                reason,
            } => write!(f, "{program} does not serve {registry}: {reason}"),
            Self::NoHome => f.write_str("no place for the store: HOME is not set"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { source, .. } | Self::Write { source, .. } => Some(source),
            _ => None,
        }
    }
}
