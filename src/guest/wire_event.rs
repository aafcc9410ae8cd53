//! The events of a container's start and end: what the engine prepares, the monitor fills in.
//!
//! Shared by the engine and the guest program, so `core` only.
#![allow(dead_code, reason = "each side uses its own part")]

/// Where it goes: a line added to a file …
pub const FILE: u64 = 1;
/// … or a datagram to journald's socket.
pub const JOURNAL: u64 = 2;

/// Stands for the exit code.
pub const CODE_MARK: u8 = 1;
/// Stands for the time, RFC 3339 in UTC.
pub const TIME_MARK: u8 = 2;
/// Stands for `"OOMKilled":true,` or nothing.
pub const OOM_MARK: u8 = 3;
