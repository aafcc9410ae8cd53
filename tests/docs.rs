//! `man/` and `completions/` are what the command line makes of itself; `UPDATE=1` rewrites them.
#![allow(clippy::print_stderr, reason = "a test may talk")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Command;
use coracle::cli::docs;

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn pages_and_scripts_are_up_to_date() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut stale = Vec::new();
    for document in docs::documents() {
        let path = top().join(&document.path);
        if std::fs::read_to_string(&path).ok().as_deref() == Some(&document.text) {
            continue;
        }
        if update {
            let folder = path.parent().expect("every document has a folder");
            std::fs::create_dir_all(folder).expect("the folder can be made");
            std::fs::write(&path, &document.text).expect("the document can be written");
        } else {
            stale.push(document.path);
        }
    }
    assert!(
        stale.is_empty(),
        "out of date (UPDATE=1 rewrites): {stale:?}"
    );
}

#[test]
fn no_page_or_script_is_left_over() {
    let made: BTreeSet<String> = docs::documents().into_iter().map(|d| d.path).collect();
    for folder in ["man", "completions"] {
        for entry in std::fs::read_dir(top().join(folder)).expect("the folder is there") {
            let name = entry.expect("an entry").file_name();
            let path = format!("{folder}/{}", name.to_string_lossy());
            assert!(made.contains(&path), "{path} belongs to no command");
        }
    }
}

#[test]
fn every_command_and_long_option_is_described() {
    let tree = docs::tree();
    let scripts = ["coracle.bash", "_coracle", "coracle.fish"]
        .map(|name| read(&top().join("completions").join(name)));
    walk(&tree, &[], &mut |command, path| {
        let page = page_of(path);
        for option in long_options(command) {
            let global = !path.is_empty() && long_options(&tree).contains(&option);
            // Hyphens are escaped in roff.
            let written = format!("\\-\\-{}", option.replace('-', "\\-"));
            assert!(
                global || names(&page, &written),
                "{path:?}: --{option} is missing in man/"
            );
            for script in &scripts[..2] {
                assert!(
                    names(script, &format!("--{option}")),
                    "{path:?}: --{option} is missing in completions/"
                );
            }
            assert!(
                scripts[2].contains(&format!(" -l {option} "))
                    || scripts[2].contains(&format!(" -l {option}\n")),
                "{path:?}: --{option} is missing in completions/coracle.fish"
            );
        }
        if let Some(name) = path.last() {
            for script in &scripts {
                assert!(names(script, name), "{path:?} is missing in completions/");
            }
        }
    });
}

#[test]
fn nothing_else_is_described() {
    let tree = docs::tree();
    walk(&tree, &[], &mut |command, path| {
        let page = page_of(path).replace("\\-", "-");
        let options = page
            .split(".SH OPTIONS")
            .nth(1)
            .map_or("", |rest| rest.split(".SH").next().unwrap_or(rest));
        for line in options.lines().filter(|line| line.starts_with("\\fB")) {
            for word in line.split("\\fB--").skip(1) {
                let end = word.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
                let word = &word[..end.unwrap_or(word.len())];
                assert!(
                    long_options(command).iter().any(|option| option == word),
                    "{path:?}: man/ knows --{word}, the command does not"
                );
            }
        }
    });
}

fn walk(command: &Command, path: &[String], visit: &mut impl FnMut(&Command, &[String])) {
    visit(command, path);
    for sub in command.get_subcommands() {
        let path = [path, &[sub.get_name().to_owned()]].concat();
        walk(sub, &path, visit);
    }
}

fn long_options(command: &Command) -> Vec<String> {
    let args = command.get_arguments();
    args.flat_map(|arg| {
        let mut names: Vec<&str> = arg.get_long().into_iter().collect();
        names.extend(arg.get_visible_aliases().unwrap_or_default());
        names
    })
    .map(str::to_owned)
    .collect()
}

fn page_of(path: &[String]) -> String {
    let words = [&["coracle".to_owned()], path].concat();
    let text = read(&top().join("man").join(format!("{}.1", words.join("-"))));
    match text.strip_prefix(".so man1/") {
        Some(other) => read(&top().join("man").join(other.trim())),
        None => text,
    }
}

/// Says whether the word stands in the text as a whole.
fn names(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let after = text[at + word.len()..].chars().next();
        !after.is_some_and(|c| {
            c.is_ascii_alphanumeric()
                || c == '-'
                || c == '\\' && !text[at + word.len()..].starts_with("\\f")
        })
    })
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
