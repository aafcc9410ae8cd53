//! Why only one id could be mapped, in words for the one line on stderr (design section 8).

use std::fmt;
use std::path::PathBuf;

use crate::types::escape;

/// Why U0 has one id only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhySingle {
    /// newuidmap or newgidmap is not in PATH.
    NoTool,
    /// The program has neither set-user-ID nor file capabilities, or its file system is `nosuid`.
    Unprivileged(PathBuf),
    /// This process may not gain privileges, so newuidmap would not work.
    NoNewPrivs,
    /// The user has no subordinate ids (here).
    NoRanges { user: String, file: &'static str },
    /// We are in a user namespace with nothing to give.
    OneIdHere,
    /// The program ran and refused.
    Refused { program: PathBuf, message: String },
    /// A base namespace with one id is still in use, although a better one could be made by now.
    StillInUse,
}

impl WhySingle {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoTool => {
                "install newuidmap and newgidmap (Debian, Ubuntu: uidmap; Fedora: shadow-utils)"
            }
            Self::Unprivileged(_) => {
                "reinstall the package of newuidmap, or: chmod u+s newuidmap newgidmap"
            }
            Self::NoNewPrivs => "start coracle from a process without no_new_privs",
            Self::NoRanges { .. } => {
                "as root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER"
            }
            Self::OneIdHere => "give the outer container more user ids",
            Self::Refused { .. } => "see newuidmap(1)",
            Self::StillInUse => "stop all containers; the next command makes a full one",
        }
    }
}

impl fmt::Display for WhySingle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("only one user id is available to containers: ")?;
        match self {
            Self::NoTool => f.write_str("newuidmap or newgidmap is not installed"),
            Self::Unprivileged(path) => {
                let path = escape::visible(&path.to_string_lossy());
                write!(f, "{path} is not privileged")
            }
            Self::NoNewPrivs => f.write_str("newuidmap cannot work under no_new_privs"),
            Self::NoRanges { user, file } => {
                write!(f, "{} has no usable range in {file}", escape::visible(user))
            }
            Self::OneIdHere => f.write_str("this user namespace has no others"),
            Self::Refused { program, message } => {
                let program = escape::visible(&program.to_string_lossy());
                write!(f, "{program}: {}", escape::visible(message))
            }
            Self::StillInUse => f.write_str("that was so when the first running container started"),
        }
    }
}
