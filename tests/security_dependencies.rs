//! What we build on, and what we do not call: row S-119.
//!
//! .clippy.toml forbids the calls that have a wrapper of ours; here is what it cannot say. The list of advisories is
//! short and kept by hand: those of crates that do what an engine does with paths, users and archives.

use std::path::{Path, PathBuf};

fn ours(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Crate, the first version without the hole (`None`: there is none), and where that is written.
const ADVISORIES: &[(&str, Option<[u64; 3]>, &str)] = &[
    ("tar", Some([0, 4, 45]), "CVE-2026-33055, CVE-2026-33056"),
    ("tokio-tar", None, "CVE-2025-62518"),
    ("async-tar", Some([0, 5, 1]), "CVE-2025-62518"),
    ("astral-tokio-tar", Some([0, 5, 6]), "CVE-2025-62518"),
    ("krata-tokio-tar", None, "CVE-2025-62518"),
    ("users", None, "RUSTSEC-2025-0040"),
    ("remove_dir_all", Some([0, 8, 0]), "RUSTSEC-2023-0018"),
    ("tempdir", None, "RUSTSEC-2018-0017"),
    ("zip", Some([2, 3, 0]), "RUSTSEC-2025-0017"),
];

#[test]
fn s_119_no_crate_with_a_known_hole_is_locked() {
    let lock = text(&ours("Cargo.lock"));
    let mut seen = 0;
    for package in lock.split("[[package]]").skip(1) {
        let value = |key: &str| {
            let start = format!("{key} = \"");
            let line = package.lines().find_map(|line| line.strip_prefix(&start));
            line.and_then(|rest| rest.strip_suffix('"'))
                .unwrap_or_default()
        };
        let (name, version) = (value("name"), value("version"));
        seen += 1;
        for (bad, good, advisory) in ADVISORIES {
            if name == *bad {
                let numbers: Vec<u64> = version
                    .split(['.', '-', '+'])
                    .take(3)
                    .map_while(|n| n.parse().ok())
                    .collect();
                let fixed = good.is_some_and(|good| numbers[..] >= good[..]);
                assert!(fixed, "{name} {version}: {advisory}");
            }
        }
    }
    assert!(seen > 50, "the lock file was not understood");
}

fn sources(room: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![ours("src").join(room)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("ours").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                let whole = text(&path);
                let code = whole
                    .split("#[cfg(test)]")
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                found.push((path, code));
            }
        }
    }
    found
}

/// Both look at an entry through a directory that is open: /proc/self/fd/N/name.
const BY_DESCRIPTOR: &[&str] = &["std::fs::read_link(&below)", "std::fs::metadata(&handle)"];

#[test]
fn s_119_rooms_of_image_content_go_through_descriptors() {
    for room in ["layer", "rootfs"] {
        let files = sources(room);
        assert!(files.len() > 3, "{room}");
        for (path, code) in files {
            for line in code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
            {
                let imports =
                    line.starts_with("use std::fs::File;") || line.contains("std::fs::File::from(");
                let known = BY_DESCRIPTOR.iter().any(|call| line.contains(call));
                let by_path = [
                    "std::fs::",
                    "File::open(",
                    "File::create(",
                    ".canonicalize(",
                    "std::fs;",
                ];
                let found = by_path.iter().any(|call| line.contains(call));
                assert!(imports || known || !found, "{}: {line}", path.display());
            }
        }
    }
}

#[test]
fn s_119_no_shell_is_ever_started() {
    for (path, code) in sources("") {
        for line in code.lines() {
            let starts = line.contains("Command::new(")
                || line.contains("Spawn")
                || line.contains("Job::start(");
            let shell = ["\"sh\"", "\"bash\"", "/sh\"", "/bash\"", "SHELL"]
                .iter()
                .any(|word| line.contains(word));
            assert!(!(starts && shell), "{}: {line}", path.display());
        }
    }
}

/// The lint that holds for everything else is on, with the calls it is about.
#[test]
fn s_119_the_lint_is_on() {
    let lint = "#![cfg_attr(not(test), deny(clippy::disallowed_methods))]";
    assert!(text(&ours("src/lib.rs")).contains(lint));
    let list = text(&ours(".clippy.toml"));
    for call in [
        "std::fs::remove_dir_all",
        "std::fs::canonicalize",
        "std::process::Command::new",
    ] {
        assert!(list.contains(call), "{call}");
    }
    // An exception says why.
    for (path, code) in sources("") {
        for (index, _) in code.match_indices("clippy::disallowed_methods") {
            let rest: String = code[index..].chars().take(200).collect();
            assert!(
                rest.contains("reason = ") || path.ends_with("lib.rs"),
                "{}",
                path.display()
            );
        }
    }
}
