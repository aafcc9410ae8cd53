//! Small words of the command line: signals, sizes, durations, moments.

pub mod boolean;
pub mod filter;
pub mod keys;
pub mod signal;

pub use crate::types::{duration, size};
