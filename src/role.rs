//! Which of our processes is this? Looked at before anything heavy is touched.
//!
//! Commands are what users type. Everything else is started by ourselves with an
//! argv[0] of `coracle:<role>`, so that no command line can be mistaken for one.

use std::process::ExitCode;

use crate::cli;

/// What the first word of our own processes begins with.
pub const PREFIX: &str = "coracle:";

/// Runs this process in its role.
pub fn main() -> ExitCode {
    let first = std::env::args_os().next().unwrap_or_default();
    if !first.as_encoded_bytes().starts_with(PREFIX.as_bytes()) {
        return cli::main();
    }
    // No role of that name is known here.
    ExitCode::from(125)
}
