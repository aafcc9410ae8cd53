//! Why no spec could be made of a request and an image.
//!
//! Strangers' words (image config, passwd files) are escaped here, once.

use std::fmt;
use std::path::PathBuf;

use crate::types::escape::quoted;

/// A request or an image that no valid container follows from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// An entry of the image's `Env` is not `key=value` (S-31).
    ImageEnv { entry: String },
    /// A word of the image config is not what the image spec says it is (S-33).
    ImageField {
        field: &'static str,
        value: String,
        reason: &'static str,
    },
    /// Neither the request nor the image names a program.
    NoCommand,
    /// A word that would reach `execve` or a mount holds a NUL byte or is too long.
    BadText {
        what: &'static str,
        text: String,
        reason: &'static str,
    },
    /// The user or group word cannot be understood or is not in the image's files.
    User { word: String, reason: UserProblem },
    /// The image's /etc/passwd or /etc/group cannot be used (S-34).
    AccountFile {
        file: &'static str,
        reason: &'static str,
    },
    /// The id is outside of what the container's user namespace maps.
    Unmapped { kind: IdKind, id: u32 },
    /// Not a capability this engine knows.
    UnknownCapability { name: String },
    /// Asked for and forbidden in one breath.
    CapabilityConflict { name: String },
    /// A mount that may not be (S-55), or that contradicts another.
    Mount {
        target: String,
        reason: &'static str,
    },
    /// A volume whose place is not known to the store.
    Volume { name: String },
    /// A layer of a mounted image that is not in the store.
    Layer { image: String },
    /// A file of a mounted artifact whose place is not known to the store.
    Artifact { artifact: String },
    /// A sysctl that is not namespaced, or not a sysctl at all (S-74).
    Sysctl { key: String, reason: &'static str },
    /// Not a resource limit.
    Ulimit { name: String, reason: &'static str },
    /// A path of `--security-opt mask=` or `unmask=`.
    MaskPath { path: String },
    /// `--security-opt` asks for what this engine cannot give (S-68).
    Security {
        option: &'static str,
        value: String,
        reason: &'static str,
    },
    /// `--privileged` where the container's root is the host's root.
    PrivilegedHostRoot,
    /// The seccomp profile cannot be read as one.
    Profile { path: PathBuf, reason: String },
    /// A seccomp rule that cannot be expressed.
    Rule {
        syscall: String,
        reason: &'static str,
    },
    /// More than the kernel's BPF_MAXINSNS.
    FilterTooLong { instructions: usize },
}

/// Which kind of id a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    User,
    Group,
}

/// What is wrong with a user or group word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserProblem {
    Malformed(&'static str),
    /// Digits, but not a number from 0 to 2^32-2.
    OutOfRange,
    NoSuchUser,
    NoSuchGroup(String),
    TooManyGroups,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ImageEnv { entry } => write!(
                f,
                "the image's environment entry {} is not KEY=value",
                quoted(entry)
            ),
            Self::ImageField {
                field,
                value,
                reason,
            } => write!(f, "the image's {field} {} {reason}", quoted(value)),
            Self::NoCommand => f.write_str(
                "no command or entrypoint provided, and no CMD or ENTRYPOINT from image",
            ),
            Self::BadText { what, text, reason } => {
                write!(f, "{what} {} {reason}", quoted(text))
            }
            Self::User { word, reason } => write!(f, "user {}: {reason}", quoted(word)),
            Self::AccountFile { file, reason } => write!(f, "the image's {file}: {reason}"),
            Self::Unmapped { kind, id } => write!(
                f,
                "{kind} {id} is not mapped in the container's user namespace"
            ),
            Self::UnknownCapability { name } => {
                write!(f, "unknown capability {}", quoted(name))
            }
            Self::CapabilityConflict { name } => {
                write!(f, "capability {} cannot be dropped and added", quoted(name))
            }
            Self::Mount { target, reason } => write!(f, "mount at {}: {reason}", quoted(target)),
            Self::Volume { name } => write!(f, "no volume with name {}", quoted(name)),
            Self::Artifact { artifact } => {
                write!(f, "a file of artifact {} is missing", quoted(artifact))
            }
            Self::Layer { image } => write!(f, "a layer of image {} is missing", quoted(image)),
            Self::Sysctl { key, reason } => write!(f, "sysctl {}: {reason}", quoted(key)),
            Self::Ulimit { name, reason } => write!(f, "ulimit {}: {reason}", quoted(name)),
            Self::MaskPath { path } => {
                write!(f, "mask path {} is not an absolute path", quoted(path))
            }
            Self::Security {
                option,
                value,
                reason,
            } => write!(f, "--security-opt {option}={}: {reason}", quoted(value)),
            Self::PrivilegedHostRoot => f.write_str(
                "--privileged: the container's root would be the host's root, for want of subordinate ids",
            ),
            Self::Profile { path, reason } => write!(
                f,
                "seccomp profile {}: {reason}",
                quoted(&path.to_string_lossy())
            ),
            Self::Rule { syscall, reason } => {
                write!(f, "seccomp rule for {}: {reason}", quoted(syscall))
            }
            Self::FilterTooLong { instructions } => write!(
                f,
                "seccomp profile: {instructions} instructions, the kernel takes 4096"
            ),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// Returns what the user can do, when we know.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Unmapped { .. } => Some(
                "more ids come from /etc/subuid and /etc/subgid: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER",
            ),
            Self::UnknownCapability { .. } => {
                Some("names are those of capabilities(7), with or without CAP_, or ALL")
            }
            _ => None,
        }
    }
}

impl fmt::Display for IdKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::User => "user",
            Self::Group => "group",
        })
    }
}

impl fmt::Display for UserProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(reason) => f.write_str(reason),
            Self::OutOfRange => f.write_str("ids go from 0 to 4294967294"),
            Self::NoSuchUser => f.write_str("no matching entries in passwd file"),
            Self::NoSuchGroup(group) => write!(
                f,
                "group {}: no matching entries in group file",
                quoted(group)
            ),
            Self::TooManyGroups => f.write_str("more than 65536 groups"),
        }
    }
}
