//! System calls: the only room with `unsafe` besides the guest programs.
//!
//! A wrapper takes Rust types, returns a Rust result, does one thing and remembers
//! its arguments, so that an error reads like a line of strace.
#![allow(unsafe_code, reason = "this room exists to hold it")]

use std::fmt;
use std::io;

pub mod confine;
pub mod epoll;
pub mod failpoint;
pub mod fd;
pub mod fs;
pub mod inherited;
pub mod journal;
pub mod memfd;
pub mod mount;
pub mod namespace;
pub mod net;
pub mod noted;
pub mod notify;
pub mod open;
pub mod poll;
pub mod process;
pub mod pty;
pub mod reflink;
pub mod route;
pub mod seqpacket;
pub mod served;
pub mod signal;
pub mod socket;
pub mod spawn;
pub mod splice;
pub mod syscall_filter;
pub mod tree;
pub mod user;
pub mod watch;
pub mod xattr;

/// A system call that failed: its name, what it was given, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SysError {
    pub call: &'static str,
    /// The arguments as strace would print them; may be empty.
    pub args: String,
    pub errno: i32,
}

impl SysError {
    pub fn new(call: &'static str, args: impl Into<String>, errno: i32) -> Self {
        Self {
            call,
            args: args.into(),
            errno,
        }
    }

    /// Takes errno from the last failed libc call.
    pub fn last(call: &'static str, args: impl Into<String>) -> Self {
        Self::new(
            call,
            args,
            io::Error::last_os_error().raw_os_error().unwrap_or(0),
        )
    }

    /// Returns the reason alone, such as "no such file or directory".
    pub fn reason(&self) -> String {
        reason(self.errno)
    }
}

/// Returns errno's message in lower case, without the number std appends.
pub fn reason(errno: i32) -> String {
    let text = io::Error::from_raw_os_error(errno).to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => format!("error {errno}"),
    }
}

impl fmt::Display for SysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({}): {}", self.call, self.args, self.reason())
    }
}

impl std::error::Error for SysError {}

impl From<SysError> for io::Error {
    fn from(error: SysError) -> Self {
        io::Error::from_raw_os_error(error.errno)
    }
}

/// Turns libc's -1 into the error of this call.
pub fn check(
    call: &'static str,
    args: impl FnOnce() -> String,
    result: i64,
) -> Result<i64, SysError> {
    if result == -1 {
        Err(SysError::last(call, args()))
    } else {
        Ok(result)
    }
}
