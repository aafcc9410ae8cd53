//! Which of our processes is this? Looked at before anything heavy is touched.
//!
//! Commands are what users type. Everything else is started by ourselves with an
//! argv[0] of `coracle:<role>`, so that no command line can be mistaken for one.

use std::process::ExitCode;

/// Runs this process in its role.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
