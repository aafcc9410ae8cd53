//! Containerfile → stages and instructions → graph of steps → cache keys.
//!
//! The language of Docker's Dockerfile reference as BuildKit reads it. Everything here is pure: no
//! file, no network, no clock. The text is a stranger's: each stretch has its bound, and a fault
//! names the file, the line and the text (S-99).
//!
//! ```text
//! bytes ─source─▶ logical lines ─parse─▶ Containerfile ─graph─▶ Graph (which stages, in which order)
//!                                             └─scope─▶ Step (variables replaced) ─key─▶ Digest
//! ```
//!
//! What only an image can say — its environment, its ONBUILD triggers — the engine brings along:
//! [`Scope::of_image`], [`Containerfile::trigger`].

mod address;
mod arguments;
mod chmod;
mod command;
mod error;
mod expand;
mod flags;
mod glob;
mod graph;
mod heredoc;
pub mod ignore;
mod instruction;
mod key;
mod mount;
mod parse;
mod parse_files;
mod parse_health;
mod pattern;
mod ports;
mod scope;
mod source;
mod words;

pub use address::{Address, GitAddress, Transport};
pub use arguments::{Arguments, PROXIES, Platforms};
pub use chmod::Chmod;
pub use command::{Command, Script};
pub use error::{Error, Fault, Place};
pub use glob::{Depth, Glob};
pub use graph::{Graph, Node, Origin};
pub use heredoc::Heredoc;
pub use ignore::{Ignore, Inherited, names_for};
pub use instruction::{
    Add, Containerfile, Copy, Directives, Healthcheck, Instruction, Kind, Run, RunNetwork,
    RunSecurity, Stage, Transfer,
};
pub use key::{Ground, Inputs, key};
pub use mount::{Mount, MountType, MountWord, Sharing};
pub use scope::{Scope, Step};

/// Bytes a Containerfile may have.
pub const MAX_FILE: usize = 16 << 20;
/// Lines it may have.
pub const MAX_LINES: usize = 500_000;
/// Bytes one instruction may have, continuation lines joined, heredocs apart.
pub const MAX_INSTRUCTION: usize = 1 << 20;
/// Instructions it may have.
pub const MAX_INSTRUCTIONS: usize = 100_000;
/// Stages it may have.
pub const MAX_STAGES: usize = 1_000;
/// Bytes one value may become by substitution.
pub const MAX_EXPANSION: usize = 1 << 20;
/// Bytes all substitutions of a build may make.
pub const MAX_EXPANSIONS: usize = 256 << 20;
/// Variables a stage may have.
pub const MAX_VARIABLES: usize = 10_000;
/// How deep `${a:-${b:-…}}` may go.
pub const MAX_DEPTH: usize = 64;
