//! What may go wrong with control groups.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::runtime::cgroup::dbus;

/// Why a container has no control group of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// `--cgroups disabled`
    Disabled,
    Version1,
    /// The caller's group is not ours and no systemd was found to make one.
    NotDelegated,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Disabled => "--cgroups disabled leaves the container in the caller's group",
            Self::Version1 => "control groups of version 1 cannot be delegated",
            Self::NotDelegated => "no control group is delegated to this session",
        })
    }
}

#[derive(Debug)]
pub enum Error {
    /// A limit needs a controller that is not there.
    Controller {
        name: String,
        why: String,
    },
    /// What version 2 does not have.
    Unsupported {
        what: &'static str,
    },
    /// A value that means nothing to the kernel.
    Value {
        file: String,
        value: String,
        reason: &'static str,
    },
    Write {
        path: PathBuf,
        value: String,
        source: io::Error,
    },
    Make {
        path: PathBuf,
        source: io::Error,
    },
    Parent {
        parent: String,
        reason: &'static str,
    },
    /// An option that needs a control group where there can be none.
    Unusable {
        option: String,
        why: Why,
    },
    /// `--cgroups split` or `no-conmon` in a group that is not ours.
    NotOurs {
        option: &'static str,
        path: String,
    },
    Systemd(dbus::Error),
    NotFrozen,
}

impl Error {
    pub fn controller(name: &str, why: &Why) -> Self {
        Self::Controller {
            name: name.to_owned(),
            why: why.to_string(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Controller { name, why } => {
                write!(f, "the {name} controller is not available: {why}")
            }
            Self::Unsupported { what } => {
                write!(f, "{what} is not supported by control groups of version 2")
            }
            Self::Value {
                file,
                value,
                reason,
            } => write!(f, "{file} cannot be \"{value}\": {reason}"),
            Self::Write {
                path,
                value,
                source,
            } => {
                let reason = crate::sys::reason(source.raw_os_error().unwrap_or(0));
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                write!(f, "setting {name} to \"{}\": {reason}", value.trim_end())
            }
            Self::Make { path, source } => {
                let reason = crate::sys::reason(source.raw_os_error().unwrap_or(0));
                write!(f, "making the control group {}: {reason}", path.display())
            }
            Self::Parent { parent, reason } => write!(f, "--cgroup-parent \"{parent}\": {reason}"),
            Self::Unusable { option, why } => write!(f, "{option}: {why}"),
            Self::NotOurs { option, path } => {
                write!(
                    f,
                    "--cgroups {option}: the caller's control group {path} is not delegated"
                )
            }
            Self::Systemd(error) => write!(f, "systemd makes no scope: {error}"),
            Self::NotFrozen => f.write_str("a process does not stand still: it waits for a device"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write { source, .. } | Self::Make { source, .. } => Some(source),
            Self::Systemd(error) => Some(error),
            _ => None,
        }
    }
}

impl From<dbus::Error> for Error {
    fn from(error: dbus::Error) -> Self {
        Self::Systemd(error)
    }
}
