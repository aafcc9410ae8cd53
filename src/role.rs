//! Which of our processes is this? Looked at before anything heavy is touched.
//!
//! Commands are what users type. Everything else is started by ourselves with an
//! argv[0] of `coracle:<role>`, so that no command line can be mistaken for one.

use std::path::Path;
use std::process::ExitCode;

use crate::cli;
use crate::engine;
use crate::layer::{contents, tree, worker};

/// What the first word of our own processes begins with.
pub const PREFIX: &str = "coracle:";

/// Under this name the program is an OCI runtime, as other engines want one.
pub const RUNTIME: &str = "coracle-runtime";

/// Runs this process in its role.
pub fn main() -> ExitCode {
    engine::mend_inherited_state();
    let first = std::env::args_os().next().unwrap_or_default();
    let name = Path::new(&first).file_name();
    if name.is_some_and(|name| name == RUNTIME) {
        return cli::runtime_main();
    }
    // A path where another program starts us by one.
    let word = name.and_then(|name| name.to_str());
    let Some(role) = word.and_then(|word| word.strip_prefix(PREFIX)) else {
        return cli::main();
    };
    let done = match role {
        "exited" => engine::follow::exited(),
        "health" => {
            return match engine::health::checked() {
                Ok(code) => ExitCode::from(code as u8),
                Err(_) => ExitCode::from(125),
            };
        }
        "names" => engine::resolve::followed(),
        "sweep" => engine::follow::sweep(),
        "extract" => return worker::extract(),
        "adopt" => return worker::adopt(),
        "dedupe" => return worker::dedupe(),
        "pack" => return worker::pack(),
        "contents" => return contents::contents(),
        "tree" => return tree::work::main(),
        "copy-up" => engine::volume::copy_up(),
        "ns-ids" => engine::ids::ns_ids(),
        "chown" => engine::sources::give(),
        "shift" => engine::ids::shift(),
        "groups" => engine::cgroup::change(),
        "egress" => engine::egress::keep(),
        "network" => engine::network::work(),
        "network-keep" => engine::network::keep(),
        "network-ports" => engine::network::forward(),
        "network-hold" => engine::network::hold(),
        _ => return ExitCode::from(125),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Nobody listens; the next command finds the same facts and does the same work.
        Err(_) => ExitCode::from(125),
    }
}
