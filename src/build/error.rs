//! Why a Containerfile cannot be built, shown as a compiler would: file, line, text.
//!
//! ```text
//! Containerfile:7: unknown instruction: RNU
//!     7 | RNU make
//! ```
//!
//! The line and the hint ("did you mean RUN?") are kept apart from the message. Strangers' words are escaped here, once.

use std::fmt;
use std::sync::Arc;

use crate::types::escape::visible;

/// The longest piece of a line that a message repeats, in characters.
const SHOWN: usize = 160;

/// Where in a file an instruction stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// The first line, from 1; 0 is the file as a whole.
    pub line: u32,
    /// The last line, heredocs included.
    pub last: u32,
}

impl Place {
    /// Says of the whole file.
    pub fn whole(file: &Arc<str>) -> Self {
        Self {
            file: file.clone(),
            line: 0,
            last: 0,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = visible(&self.file);
        match self.line {
            0 => f.write_str(&file),
            line => write!(f, "{file}:{line}"),
        }
    }
}

/// A fault and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    pub place: Place,
    /// The instruction as written, continuation lines joined; empty where no line is to blame.
    pub text: String,
    pub fault: Fault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Larger than what a file made in good faith needs (S-99).
    TooMuch {
        what: &'static str,
        limit: usize,
    },
    /// A line that is no UTF-8 text or holds a NUL byte.
    NotText,
    /// No instruction but comments.
    Empty,
    /// A directive that is given twice or has a value it cannot have.
    Directive {
        name: String,
        reason: &'static str,
    },
    UnknownInstruction {
        word: String,
        near: Option<String>,
    },
    /// It stands before the first FROM.
    NoStage {
        instruction: &'static str,
    },
    /// Too few or too many words follow the instruction.
    Arguments {
        instruction: &'static str,
        wanted: &'static str,
    },
    UnknownFlag {
        flag: String,
        near: Option<String>,
    },
    /// A flag whose value is missing, doubled or not of its kind.
    Flag {
        flag: String,
        reason: String,
    },
    /// A word that is no `name=value`.
    NotPair {
        word: String,
    },
    /// The JSON array of the exec form holds something else than strings, or is none at all.
    NotStrings {
        instruction: &'static str,
    },
    /// A stage cannot be called so.
    StageName {
        name: String,
    },
    /// What ONBUILD may not keep for later.
    Trigger {
        instruction: String,
    },
    /// The line that ends the heredoc is missing.
    OpenHeredoc {
        name: String,
    },
    HeredocDestination {
        instruction: &'static str,
    },
    /// A value that no variable can make right.
    Value {
        what: &'static str,
        value: String,
        reason: String,
    },
    /// `$` and what follows cannot be read.
    Substitution {
        reason: String,
    },
    /// `${name:?message}` of a variable that is not set.
    Required {
        name: String,
        message: String,
    },
    /// `RUN --mount` with a key or value it cannot have.
    Mount {
        reason: String,
        near: Option<String>,
    },
    /// `--target` names no stage.
    UnknownTarget {
        name: String,
        near: Option<String>,
    },
    /// A stage is used before it is made.
    NotYet {
        name: String,
    },
    UnknownStage {
        index: String,
    },
    /// A stage that needs itself.
    Itself {
        name: String,
    },
}

impl Fault {
    /// Returns the fault with its place.
    pub(super) fn at(self, place: &Place, text: &str) -> Error {
        Error {
            place: place.clone(),
            text: text.to_owned(),
            fault: self,
        }
    }

    fn near(&self) -> Option<&String> {
        match self {
            Self::UnknownInstruction { near, .. }
            | Self::UnknownFlag { near, .. }
            | Self::Mount { near, .. }
            | Self::UnknownTarget { near, .. } => near.as_ref(),
            _ => None,
        }
    }
}

impl Error {
    /// Returns the line to blame: `    7 | RNU make`.
    pub fn excerpt(&self) -> Option<String> {
        let known = self.place.line > 0 && !self.text.is_empty();
        known.then(|| format!("    {} | {}", self.place.line, cut(&self.text)))
    }

    /// Returns what may help.
    pub fn hint(&self) -> Option<String> {
        if let Some(near) = self.fault.near() {
            return Some(format!("did you mean {}?", visible(near)));
        }
        let hint = match &self.fault {
            Fault::NoStage { .. } => "a Containerfile begins with FROM; only ARG may stand before",
            Fault::NotPair { .. } => "values with blanks need quotes: name=\"a value\"",
            Fault::StageName { .. } => {
                "names are letters, digits, \"-\", \"_\" and \".\", and begin with a letter"
            }
            Fault::NotStrings { .. } => "the exec form is a JSON array: [\"program\", \"word\"]",
            _ => return None,
        };
        Some(hint.to_owned())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.fault)
    }
}

impl std::error::Error for Error {}

/// Returns the first line of a text, visible and of bearable length.
fn cut(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut shown: String = line.chars().take(SHOWN).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    // Tabs between words are common and no danger; they are shown as the blank they stand for.
    visible(&shown.replace('\t', " "))
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMuch { what, limit } => write!(f, "{what} is too large (limit {limit})"),
            Self::NotText => f.write_str("the line is not UTF-8 text"),
            Self::Empty => f.write_str("the file has no instructions"),
            Self::Directive { name, reason } => {
                write!(f, "parser directive {}: {reason}", cut(name))
            }
            Self::UnknownInstruction { word, .. } => {
                write!(f, "unknown instruction: {}", cut(word))
            }
            Self::NoStage { instruction } => {
                write!(
                    f,
                    "{instruction} before the first FROM: there is no build stage yet"
                )
            }
            Self::Arguments {
                instruction,
                wanted,
            } => write!(f, "{instruction} requires {wanted}"),
            Self::UnknownFlag { flag, .. } => write!(f, "unknown flag: {}", cut(flag)),
            Self::Flag { flag, reason } => write!(f, "flag {}: {}", cut(flag), cut(reason)),
            Self::NotPair { word } => {
                write!(f, "\"{}\" is not of the form name=value", cut(word))
            }
            Self::NotStrings { instruction } => {
                write!(f, "{instruction} requires a JSON array of strings")
            }
            Self::StageName { name } => write!(f, "invalid name for a build stage: {}", cut(name)),
            Self::Trigger { instruction } => {
                write!(
                    f,
                    "{} is not allowed as an ONBUILD trigger",
                    cut(instruction)
                )
            }
            Self::OpenHeredoc { name } => {
                write!(f, "the heredoc is not closed: no line \"{}\"", cut(name))
            }
            Self::HeredocDestination { instruction } => {
                write!(f, "{instruction} cannot have a heredoc as its destination")
            }
            Self::Value {
                what,
                value,
                reason,
            } => write!(f, "{what} \"{}\": {}", cut(value), cut(reason)),
            Self::Substitution { reason } => write!(f, "variable substitution: {}", cut(reason)),
            Self::Required { name, message } => write!(f, "{}: {}", cut(name), cut(message)),
            Self::Mount { reason, .. } => write!(f, "--mount: {}", cut(reason)),
            Self::UnknownTarget { name, .. } => {
                write!(f, "target stage \"{}\" could not be found", cut(name))
            }
            Self::NotYet { name } => write!(
                f,
                "stage \"{}\" must be defined before the stage that uses it",
                cut(name)
            ),
            Self::UnknownStage { index } => write!(f, "there is no stage {}", cut(index)),
            Self::Itself { name } => write!(
                f,
                "circular dependency: stage \"{}\" needs itself",
                cut(name)
            ),
        }
    }
}
