//! What a health check, run as a command of its own, answers to the monitor that times it.
//!
//! Shared by the engine and the guest program, so `core` only.
#![allow(dead_code, reason = "each side uses its own part")]

/// The exit code of a check after which the container has started up: from now on the regular
/// interval counts. Any other code changes nothing.
pub const STARTED_UP: i32 = 3;
