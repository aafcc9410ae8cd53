//! What the integration tests stand on: a world of their own, a registry, images, and the search for leaks.
//!
//! The binary under test is `CORACLE_BIN` if that is set, so that a copy an unprivileged user can read (or another
//! engine with the same command line) can be tested. Nothing here needs root.
#![allow(dead_code, reason = "every test file uses a part")]
#![allow(unused_imports, reason = "every test file uses a part")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

pub mod apart;
pub mod canary;
pub mod images;
pub mod leak;
pub mod networks;
pub mod probing;
pub mod pty;
pub mod registry;
pub mod world;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

pub use canary::Canary;
pub use pty::Pty;
pub use registry::Registry;
pub use world::{Done, Running, World};

/// The coracle to test.
pub fn binary() -> PathBuf {
    std::env::var_os("CORACLE_BIN")
        .map_or_else(|| env!("CARGO_BIN_EXE_coracle").into(), PathBuf::from)
}

/// Says that this test cannot run here, and why; the test returns afterwards.
///
/// `tests/run` collects these lines, and fails when one is new.
pub fn skip(reason: &str) {
    let test = test_name();
    println!("skipped: {test}: {reason}");
    if let Some(file) = std::env::var_os("CORACLE_TEST_SKIPS") {
        let mut file = std::fs::OpenOptions::new()
            .append(true)
            .create(true)
            .open(file)
            .expect("CORACLE_TEST_SKIPS can be appended to");
        // One write: O_APPEND keeps the lines of parallel tests whole.
        file.write_all(format!("{test}\t{reason}\n").as_bytes())
            .expect("the skip is noted");
    }
}

/// `file::test` of the test that this thread runs: libtest names its threads so.
pub fn test_name() -> String {
    let file = std::env::args_os()
        .next()
        .map(PathBuf::from)
        .and_then(|path| path.file_name().map(|n| n.to_string_lossy().into_owned()))
        .unwrap_or_default();
    let file = file.strip_prefix("test-").unwrap_or(&file);
    // cargo's own names end in a hash of 16 digits
    let file = match file.rsplit_once('-') {
        Some((name, hash)) if hash.len() == 16 => name,
        _ => file,
    };
    let thread = std::thread::current();
    format!("{file}::{}", thread.name().unwrap_or("?"))
}

/// Whether all these programs are installed; if not, the test is skipped.
pub fn have(programs: &[&str]) -> bool {
    let missing: Vec<_> = programs
        .iter()
        .filter(|program| find_program(program).is_none())
        .copied()
        .collect();
    if !missing.is_empty() {
        skip(&format!("not installed: {}", missing.join(", ")));
    }
    missing.is_empty()
}

/// Finds a program as execvp(3) would, and in the sbin directories too.
pub fn find_program(name: &str) -> Option<PathBuf> {
    search_path()
        .split(':')
        .map(|folder| Path::new(folder).join(name))
        .find(|path| path.is_file())
}

/// PATH, with the directories where Debian keeps what only root is thought to need.
pub fn search_path() -> String {
    let path = std::env::var("PATH").unwrap_or_else(|_| "/usr/bin:/bin".into());
    format!("{path}:/usr/local/sbin:/usr/sbin:/sbin")
}

/// Whether this user has subordinate ids and the programs that map them; if not, the test is skipped.
pub fn have_subordinate_ids() -> bool {
    if !have(&["newuidmap", "newgidmap"]) {
        return false;
    }
    let user = std::env::var("USER").unwrap_or_default();
    let mine = |file| {
        std::fs::read_to_string(file)
            .unwrap_or_default()
            .lines()
            .any(|line| line.starts_with(&format!("{user}:")))
    };
    let both = mine("/etc/subuid") && mine("/etc/subgid");
    if !both {
        skip("no subordinate ids");
    }
    both
}

/// What a machine may take for something that takes a moment on a quiet one.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Asks until the answer is yes; panics with `what` when `limit`, and [`PATIENCE`], has passed.
#[track_caller]
pub fn wait_until(what: &str, limit: Duration, mut is_so: impl FnMut() -> bool) {
    let limit = limit.max(PATIENCE);
    let end = Instant::now() + limit;
    while !is_so() {
        assert!(Instant::now() < end, "not within {limit:?}: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A TCP port of 127.0.0.1 that was free a moment ago.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port of 127.0.0.1");
    listener.local_addr().expect("its address").port()
}
