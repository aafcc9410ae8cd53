//! The rooms of src/ and the doors between them, and the habits that plain text can show.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

use std::path::Path;

const DOORS: &[(&str, &[&str])] = &[
    ("main", &["role"]),
    ("lib", &[]),
    ("role", &["cli", "engine", "layer", "types"]),
    ("cli", &["engine", "types"]),
    (
        "engine",
        &[
            "build", "config", "guest", "layer", "monitor", "network", "registry", "rootfs",
            "runtime", "spec", "store", "sys", "types", "userns",
        ],
    ),
    ("monitor", &["guest", "runtime", "sys", "types"]),
    ("runtime", &["guest", "sys", "types", "userns"]),
    ("network", &["sys", "types", "userns"]),
    ("rootfs", &["sys", "types", "userns"]),
    ("store", &["sys", "types", "userns"]),
    ("layer", &["sys", "types", "userns"]),
    // The keeper is a guest program.
    ("userns", &["guest", "sys", "types"]),
    ("build", &["types"]),
    ("registry", &["types"]),
    ("spec", &["types"]),
    ("config", &["types"]),
    ("types", &[]),
    ("sys", &[]),
    ("guest", &[]),
];

/// Third-party crates with a home; nobody else names them.
const HOMES: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("indicatif", &["cli"]),
    ("gotmpl", &["cli"]),
    ("regex_lite", &["build", "cli"]),
    ("tracing_subscriber", &["cli"]),
    ("base64", &["config", "layer", "registry"]),
    ("ureq", &["registry"]),
    ("rustls", &["registry"]),
    ("rustls_native_certs", &["registry"]),
    ("scrypt", &["registry"]),
    ("salsa20", &["registry"]),
    ("poly1305", &["registry"]),
    ("tar", &["layer"]),
    ("zstd", &["layer"]),
    ("flate2", &["layer"]),
    ("bzip2", &["layer"]),
    ("lzma_rust2", &["layer"]),
    ("sha2", &["types"]),
    ("serde_saphyr", &["config"]),
    ("toml", &["config"]),
    ("jiff", &["types"]),
    ("syscalls", &["spec"]),
    ("libc", &["sys"]),
    ("nix", &["sys"]),
    ("rustix", &["sys"]),
    ("caps", &["sys"]),
];

#[test]
fn every_import_goes_through_a_door() {
    for (path, text) in source_files() {
        let room = path
            .split(['/', '.'])
            .next()
            .expect("a path has a first part");
        if room == "guest" && !path.ends_with("guest/mod.rs") {
            continue; // programs of their own: `crate` is the program
        }
        let (_, doors) = DOORS.iter().find(|door| door.0 == room).expect(&path);
        for line in text.lines() {
            for target in names_after(line, "crate::") {
                assert!(target == room || doors.contains(&target), "{path}: {line}");
            }
            for (name, homes) in HOMES {
                let named = names_crate(line, name);
                assert!(!named || homes.contains(&room), "{path}: {line}");
            }
        }
    }
}

#[test]
fn every_file_says_what_it_is() {
    for (path, text) in source_files() {
        assert!(text.starts_with("//! "), "{path} does not open with //!");
        let first = text.lines().next().unwrap_or_default();
        assert!(!first.contains(&["TO", "DO"].concat()), "{path}: {first}");
    }
}

#[test]
fn nothing_unfinished_is_marked() {
    for (path, text) in source_files() {
        for marker in ["todo!", "unimplemented!", "FIXME", "XXX"] {
            assert!(!text.contains(marker), "{path}: {marker}");
        }
    }
}

#[test]
fn unsafe_lives_in_sys_and_guest() {
    for (path, text) in source_files() {
        if path.starts_with("sys/") || path.starts_with("guest/") {
            continue;
        }
        assert!(!text.contains("unsafe {"), "{path}");
    }
}

#[test]
fn logging_stays_out_of_sys_and_guest() {
    for (path, text) in source_files() {
        if path.starts_with("sys/") || path.starts_with("guest/") {
            assert!(!text.contains("tracing"), "{path}");
        }
    }
}

fn source_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("src is readable") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path
                    .strip_prefix(&root)
                    .expect("below src")
                    .to_string_lossy()
                    .into_owned();
                found.push((name, std::fs::read_to_string(&path).expect("readable")));
            }
        }
    }
    found
}

/// The identifiers that follow `prefix` in a line of code.
fn names_after<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    let code = line.trim_start();
    if code.starts_with("//") {
        return Vec::new();
    }
    code.match_indices(prefix)
        .filter(|(at, _)| !code[..*at].ends_with(['$', '_']))
        .map(|(at, _)| {
            let rest = &code[at + prefix.len()..];
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            &rest[..end]
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// Whether a line of code names the crate as a path's first part.
fn names_crate(line: &str, name: &str) -> bool {
    let code = line.trim_start();
    if code.starts_with("//") {
        return false;
    }
    let path = format!("{name}::");
    code.match_indices(&path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}
