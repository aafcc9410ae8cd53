//! The engine's side of what stays while a container lives: its terminal, log and end.
//!
//! The other side is the guest program (`guest/monitor/supervise.rs`); they speak the
//! protocol of `guest/wire_attach.rs`, and share the log and the exit record as files.

pub mod attach;
pub mod checks;
pub mod collect;
pub mod exit;
pub mod keys;
pub mod log;

use std::fmt;
use std::path::PathBuf;

use crate::sys::{self, SysError};
use crate::types::escape;

/// Why a conversation with a monitor, or the reading of what it wrote, failed.
#[derive(Debug)]
pub enum Error {
    /// The attach socket could not be reached: most often nobody listens any more.
    Connect(SysError),
    /// The connection ended and no exit record came: the monitor died.
    ConnectionLost,
    /// The monitor did not answer in time.
    NoAnswer,
    /// The monitor said something this version does not know.
    UnknownMessage(u8),
    /// Whoever read our output is gone; the container goes on.
    OutputClosed,
    /// A signal that is not passed on; the container goes on.
    Interrupted(i32),
    Terminal(SysError),
    Input(SysError),
    Output(SysError),
    /// Text that names no key, within the keys the user gave.
    DetachKeys {
        given: String,
        key: String,
    },
    /// The log, or another file beside it, could not be read.
    File {
        path: PathBuf,
        errno: i32,
    },
}

impl Error {
    fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            errno: error.raw_os_error().unwrap_or(0),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connect(error) => {
                write!(
                    f,
                    "cannot reach the container's monitor: {}",
                    error.reason()
                )
            }
            Self::ConnectionLost => f.write_str(
                "the connection to the container ended without an exit code: its monitor died",
            ),
            Self::NoAnswer => f.write_str("the container's monitor does not answer"),
            Self::UnknownMessage(kind) => write!(
                f,
                "the container's monitor said something unknown (message {kind:#04x}): \
                 it was started by another version"
            ),
            Self::OutputClosed => f.write_str("nobody reads the output any more: broken pipe"),
            Self::Interrupted(signal) => write!(f, "interrupted by signal {signal}"),
            Self::Terminal(error) => write!(f, "cannot set up the terminal: {error}"),
            Self::Input(error) => write!(f, "cannot read standard input: {}", error.reason()),
            Self::Output(error) => write!(f, "cannot write the output: {}", error.reason()),
            Self::DetachKeys { given, key } => write!(
                f,
                "detach keys {}: {} is neither one character nor ctrl- and one of a-z @ ^ [ \\ ] _",
                escape::quoted(given),
                escape::quoted(key)
            ),
            Self::File { path, errno } => {
                let path = escape::visible(&path.to_string_lossy());
                write!(f, "{path}: {}", sys::reason(*errno))
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connect(error)
            | Self::Terminal(error)
            | Self::Input(error)
            | Self::Output(error) => Some(error),
            _ => None,
        }
    }
}
