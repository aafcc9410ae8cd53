//! The nouns every room shares: parse, print, compare; no side effects.
//!
//! Untrusted text becomes one of these types at the border and stays typed
//! from then on; file names in the store are made from such types only.

pub mod change;
pub mod chunked;
pub mod claim;
pub mod container;
pub mod digest;
pub mod duration;
pub mod egress;
pub mod escape;
pub mod event;
pub mod health;
pub mod ids;
pub mod image;
pub mod list;
#[cfg(test)]
pub mod mutate;
pub mod nearest;
pub mod network;
pub mod openpgp;
pub mod progress;
pub mod reference;
pub mod registry;
pub mod request;
pub mod resources;
pub mod secret;
pub mod settings;
pub mod shared;
pub mod signal;
pub mod size;
pub mod strict;
pub mod time;
pub mod transport;
pub mod trust;

pub use container::{ContainerId, ContainerName, ContainerRecord, ExitRecord, RunRecord, Status};
pub use digest::{ChainId, DiffId, Digest, ImageId};
pub use event::Event;
pub use image::{Descriptor, ImageConfig, Platform};
pub use progress::Progress;
pub use reference::Reference;
pub use request::RunRequest;
pub use settings::Settings;
pub use time::Timestamp;

/// Why a word could not become one of these types.
///
/// The text is complete but for the object's name: lower case, no full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The word as the user or the registry wrote it.
    pub input: String,
    /// What is wrong with it, such as "is not a sha256 digest".
    pub reason: String,
}

impl ParseError {
    pub fn new(input: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            input: input.into(),
            reason: reason.into(),
        }
    }
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", escape::quoted(&self.input), self.reason)
    }
}

impl std::error::Error for ParseError {}
