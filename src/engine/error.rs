//! Why a verb failed, in words for users, and what they can do.

use std::fmt;

/// A failed verb: the situation decides the exit code, the text is for people.
#[derive(Debug)]
pub struct Error {
    pub kind: Kind,
    /// What failed, on what, why; lower case, no full stop, one line.
    pub message: String,
    /// The line of a user's file that is to blame: `    7 | RNU make`.
    pub excerpt: Option<String>,
    /// What to do, when we know.
    pub hint: Option<String>,
    /// A file system was full: emptying the trash may help.
    pub full: bool,
}

/// What a caller treats differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Coracle's own failure: 125.
    Failure,
    /// The command cannot be run: 126.
    CannotRun,
    /// A step of a build ended with this code: the same.
    StepFailed(i32),
    /// The command was not found: 127.
    NotFound,
    /// No such container, image, …: 125, or 1 where Podman says 1.
    NoSuchObject,
    /// The object is used or in the wrong state: 2 for `rm` and `rmi`, else 125.
    InUse,
}

impl Error {
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Failure,
            message: message.into(),
            excerpt: None,
            hint: None,
            full: false,
        }
    }

    pub fn of(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            excerpt: None,
            hint: None,
            full: false,
        }
    }

    /// A file operation that failed; a full file system is named.
    pub fn file(doing: &'static str, path: &std::path::Path, error: std::io::Error) -> Self {
        crate::store::Error::io(doing, path, error).into()
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Puts what was being done before the message: `pulling x: …`.
    #[must_use]
    pub fn while_doing(mut self, what: impl fmt::Display) -> Self {
        self.message = format!("{what}: {}", self.message);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<crate::runtime::cgroup::Error> for Error {
    fn from(error: crate::runtime::cgroup::Error) -> Self {
        Self::new(error.to_string())
    }
}

impl From<crate::sys::SysError> for Error {
    fn from(error: crate::sys::SysError) -> Self {
        let full = matches!(error.errno, crate::sys::fs::ENOSPC | crate::sys::fs::EDQUOT);
        Self {
            full,
            ..Self::new(error.to_string())
        }
    }
}

impl From<crate::store::Error> for Error {
    fn from(error: crate::store::Error) -> Self {
        use crate::store::Error as E;
        let kind = match &error {
            E::Unknown { .. } => Kind::NoSuchObject,
            _ => Kind::Failure,
        };
        Self {
            full: error.is_full(),
            hint: error.hint(),
            ..Self::of(kind, error.to_string())
        }
    }
}

impl From<crate::layer::Error> for Error {
    fn from(error: crate::layer::Error) -> Self {
        Self {
            full: error.is_full(),
            ..Self::new(error.to_string())
        }
    }
}

impl From<crate::userns::Error> for Error {
    fn from(error: crate::userns::Error) -> Self {
        let hint = error.hint().map(str::to_owned);
        Self {
            hint,
            ..Self::new(error.to_string())
        }
    }
}

impl Error {
    /// The same, as the fault of what is to run.
    pub(super) fn of_workload(mut self) -> Self {
        if self.kind == Kind::Failure {
            self.kind = Kind::CannotRun;
        }
        self
    }
}

impl From<crate::spec::Error> for Error {
    fn from(error: crate::spec::Error) -> Self {
        let hint = error.hint().map(str::to_owned);
        Self {
            hint,
            ..Self::new(error.to_string())
        }
    }
}

impl From<crate::network::Error> for Error {
    fn from(error: crate::network::Error) -> Self {
        let hint = error.hint();
        // 126, as where the OCI runtime is the one that finds the port taken.
        let kind = match error {
            crate::network::Error::PortTaken { .. } | crate::network::Error::NotCarried(_) => {
                Kind::CannotRun
            }
            _ => Kind::Failure,
        };
        Self {
            hint,
            ..Self::of(kind, error.to_string())
        }
    }
}

impl From<crate::monitor::Error> for Error {
    fn from(error: crate::monitor::Error) -> Self {
        Self::new(error.to_string())
    }
}
