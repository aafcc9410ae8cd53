//! Small words of the command line: signals, sizes, durations, moments.

pub mod boolean;
pub mod filter;
pub mod keys;

pub use crate::types::{duration, signal, size};
