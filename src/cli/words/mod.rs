//! Small words of the command line: signals, sizes, durations, moments.

pub mod boolean;
pub mod duration;
pub mod filter;
pub mod keys;
pub mod signal;
pub mod size;
