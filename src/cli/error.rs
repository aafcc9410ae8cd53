//! Why a command failed, and how that is said: `Error: …` and, when we know, `hint: …`.
//!
//! The codes that follow from an error are chosen in `cli/exit.rs`.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::engine;
use crate::types::ParseError;
use crate::types::escape;

/// What can go wrong between the command line and the last line printed.
#[derive(Debug)]
pub enum Error {
    /// A verb of the engine failed.
    Engine(engine::Error),
    /// A verb of `runtime` failed.
    Runtime(engine::oci::Error),
    /// The words of the command line do not make sense: which, why, and what to do.
    Usage {
        what: String,
        reason: String,
        hint: Option<String>,
    },
    /// Podman has it, Coracle does not.
    Unsupported { what: String, hint: Option<String> },
    /// A file named on the command line.
    File {
        doing: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    /// An option about logging is wrong: said in a whole sentence, as Podman does.
    Logging(String),
    /// A `--format` template that does not parse or names what is not there.
    Template { template: String, reason: String },
    /// Standard output cannot be written.
    Output(io::Error),
    /// The reader of our output went away: the quiet end of a pipe.
    ReaderLeft,
}

impl Error {
    /// Says that a word of the command line is wrong: `--flag "word": why`.
    pub fn usage(what: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Usage {
            what: what.into(),
            reason: reason.into(),
            hint: None,
        }
    }

    /// Says that a word which Podman knows is not known here yet.
    pub fn unsupported(what: impl Into<String>) -> Self {
        Self::Unsupported {
            what: what.into(),
            hint: None,
        }
    }

    /// Puts a sentence for the last line.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        let text = Some(text.into());
        match &mut self {
            Self::Usage { hint, .. } | Self::Unsupported { hint, .. } => *hint = text,
            Self::Engine(failed) => failed.hint = text,
            _ => {}
        }
        self
    }

    /// Returns the line of a user's file that is to blame.
    pub fn excerpt(&self) -> Option<&str> {
        match self {
            Self::Engine(failed) => failed.excerpt.as_deref(),
            _ => None,
        }
    }

    /// Returns the last line, if there is one.
    pub fn advice(&self) -> Option<&str> {
        match self {
            Self::Engine(failed) => failed.hint.as_deref(),
            Self::Usage { hint, .. } | Self::Unsupported { hint, .. } => hint.as_deref(),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(failed) => failed.fmt(f),
            Self::Runtime(failed) => failed.fmt(f),
            Self::Usage { what, reason, .. } if what.is_empty() => f.write_str(reason),
            Self::Usage { what, reason, .. } => write!(f, "{what}: {reason}"),
            Self::Unsupported { what, .. } => write!(f, "{what} is not supported yet"),
            Self::File {
                doing,
                path,
                source,
            } => {
                let path = escape::visible(&path.to_string_lossy());
                write!(f, "{doing} {path}: {}", reason_of(source))
            }
            Self::Template { template, reason } => {
                write!(f, "--format {}: {reason}", escape::quoted(template))
            }
            Self::Logging(sentence) => f.write_str(sentence),
            Self::Output(source) => write!(f, "writing standard output: {}", reason_of(source)),
            Self::ReaderLeft => f.write_str("the reader of the output left"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Engine(failed) => Some(failed),
            Self::Runtime(failed) => Some(failed),
            Self::File { source, .. } | Self::Output(source) => Some(source),
            _ => None,
        }
    }
}

impl From<engine::Error> for Error {
    fn from(failed: engine::Error) -> Self {
        Self::Engine(failed)
    }
}

impl From<engine::oci::Error> for Error {
    fn from(failed: engine::oci::Error) -> Self {
        Self::Runtime(failed)
    }
}

impl From<ParseError> for Error {
    fn from(error: ParseError) -> Self {
        Self::usage("", error.to_string())
    }
}

impl From<io::Error> for Error {
    /// Only writes to standard output come here by `?`; files are named by [`Error::File`].
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ReaderLeft
        } else {
            Self::Output(error)
        }
    }
}

/// Returns an i/o error's reason in lower case, without the number std appends.
pub fn reason_of(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => "failed".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_on_what_and_why() {
        let file = Error::File {
            doing: "reading",
            path: "/no/such".into(),
            source: io::Error::from_raw_os_error(2),
        };
        for (error, text) in [
            (
                file,
                "reading /no/such: no such file or directory".to_owned(),
            ),
            (
                Error::usage("--publish \"x\"", "is not a port"),
                "--publish \"x\": is not a port".to_owned(),
            ),
            (
                Error::unsupported("--pod"),
                "--pod is not supported yet".to_owned(),
            ),
        ] {
            assert_eq!(error.to_string(), text);
        }
    }
}
