//! What can go wrong with the user's base namespace, in words for users.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::sys::process::Ended;
use crate::sys::{SysError, reason};
use crate::types::escape::visible;
use crate::userns::subid::BadLine;

/// Why there is no base namespace, or no worker in it.
#[derive(Debug)]
pub enum Error {
    /// A file of the store or of the system cannot be read, written or locked.
    File {
        path: PathBuf,
        source: io::Error,
    },
    /// A line of /etc/subuid or /etc/subgid must be mended.
    Subid(BadLine),
    /// The kernel or its configuration forbids user namespaces.
    Forbidden {
        remedy: Remedy,
        errno: i32,
    },
    /// newuidmap, newgidmap or getsubids failed where it should not.
    Tool {
        program: PathBuf,
        ended: Ended,
        text: String,
    },
    ToolHangs {
        program: PathBuf,
        after: Duration,
    },
    /// What the kernel says is mapped is not what was asked for.
    WrongMap {
        wanted: String,
        found: String,
    },
    /// The process that shall hold the namespace ended or failed at this stage.
    Keeper {
        stage: &'static str,
        errno: i32,
    },
    /// Somebody uses the namespace, but it cannot be found from here.
    Lost {
        folder: PathBuf,
        after: Duration,
    },
    /// Another command holds the lock for too long.
    Busy {
        lock: PathBuf,
        after: Duration,
    },
    /// A worker did not end in time.
    WorkerHangs {
        role: String,
        after: Duration,
    },
    /// A worker's descriptor could lead out of its root.
    Leads {
        descriptor: i32,
    },
    /// A worker already has threads, which could not all be confined.
    Threads,
    /// A worker was started by something that is not us.
    NotAWorker,
    Sys(SysError),
}

/// What to change so that user namespaces work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// user.max_user_namespaces is 0, or used up.
    MaxUserNamespaces,
    /// kernel.unprivileged_userns_clone is 0: Debian's older kernels.
    UnprivilegedClone,
    /// kernel.apparmor_restrict_unprivileged_userns is 1: Ubuntu since 23.10.
    AppArmor,
    /// Most likely the seccomp filter of an outer container.
    OuterContainer,
}

impl Error {
    pub(crate) fn file(path: &Path, source: io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            source,
        }
    }

    /// What to do about it, when we know.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Subid(_) => "mend that line as root, or let usermod --add-subuids write it",
            Self::Forbidden { remedy, .. } => remedy.hint(),
            Self::Lost { .. } => {
                "commands in another pid or user namespace share this store; end them first"
            }
            Self::Tool { .. } | Self::ToolHangs { .. } => {
                "this command makes the same map and shows the cause: unshare --map-users=auto true"
            }
            _ => return None,
        })
    }
}

impl Remedy {
    /// What to change, as a command.
    pub fn hint(self) -> &'static str {
        match self {
            Self::MaxUserNamespaces => "as root: sysctl user.max_user_namespaces=15000",
            Self::UnprivilegedClone => "as root: sysctl kernel.unprivileged_userns_clone=1",
            Self::AppArmor => {
                "as root, add an AppArmor profile with `userns,` for this program, or: \
                 sysctl kernel.apparmor_restrict_unprivileged_userns=0"
            }
            Self::OuterContainer => {
                "start the outer container with --security-opt seccomp=unconfined or --privileged"
            }
        }
    }

    fn cause(self) -> &'static str {
        match self {
            Self::MaxUserNamespaces => "the limit user.max_user_namespaces is reached",
            Self::UnprivilegedClone => "kernel.unprivileged_userns_clone is 0",
            Self::AppArmor => "AppArmor restricts unprivileged user namespaces",
            Self::OuterContainer => "the surroundings do not permit it",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |path: &Path| visible(&path.to_string_lossy());
        match self {
            Self::File { path, source } => {
                let why = source
                    .raw_os_error()
                    .map_or_else(|| source.to_string(), reason);
                write!(f, "{}: {why}", show(path))
            }
            Self::Subid(bad) => {
                let (source, text) = (show(&bad.source), visible(&bad.text));
                write!(f, "{source} line {}: {text:?} {}", bad.line, bad.reason)
            }
            Self::Forbidden { remedy, errno } => {
                let cause = remedy.cause();
                write!(
                    f,
                    "cannot make a user namespace: {cause} ({})",
                    reason(*errno)
                )
            }
            Self::Tool {
                program,
                ended,
                text,
            } => {
                write!(f, "{} failed", show(program))?;
                match ended {
                    Ended::Exited(code) => write!(f, " with code {code}")?,
                    Ended::Signaled(signal) => write!(f, " by signal {signal}")?,
                }
                match text.lines().next() {
                    Some(line) => write!(f, ": {}", visible(line)),
                    None => Ok(()),
                }
            }
            Self::ToolHangs { program, after } => {
                write!(
                    f,
                    "{} did not end within {} s",
                    show(program),
                    after.as_secs()
                )
            }
            Self::WrongMap { wanted, found } => write!(
                f,
                "the user namespace maps {:?} instead of {wanted:?}",
                visible(found)
            ),
            Self::Keeper { stage, errno: 0 } => {
                write!(f, "the keeper of the user namespace ended while {stage}")
            }
            Self::Keeper { stage, errno } => {
                let why = reason(*errno);
                write!(
                    f,
                    "the keeper of the user namespace failed while {stage}: {why}"
                )
            }
            Self::Lost { folder, after } => write!(
                f,
                "the user namespace of {} is in use but was not found for {} s",
                show(folder),
                after.as_secs()
            ),
            Self::Busy { lock, after } => {
                write!(
                    f,
                    "{} is held by another command for {} s",
                    show(lock),
                    after.as_secs()
                )
            }
            Self::WorkerHangs { role, after } => {
                write!(
                    f,
                    "the {role} worker did not end within {} s",
                    after.as_secs()
                )
            }
            Self::Leads { descriptor } => {
                write!(
                    f,
                    "descriptor {descriptor} is a directory and would lead out of the worker's root"
                )
            }
            Self::Threads => f.write_str("a worker cannot be confined once it has threads"),
            Self::NotAWorker => f.write_str("this role is started by coracle itself only"),
            Self::Sys(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { source, .. } => Some(source),
            Self::Sys(error) => Some(error),
            _ => None,
        }
    }
}

impl From<SysError> for Error {
    fn from(error: SysError) -> Self {
        Self::Sys(error)
    }
}
