//! What the shells offer while a command is being typed: names of containers and images.
//!
//! The shells call us with `COMPLETE=bash` and so on; clap_complete does the talking. A store
//! that cannot be read offers nothing: completion never prints an error.

use std::ffi::OsStr;

use clap::Parser;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use crate::cli::globals::Globals;
use crate::engine::Engine;

/// The most names offered at once.
const MAX_OFFERED: usize = 200;

/// Completes names and short ids of containers.
pub fn containers() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let found = engine().and_then(|engine| engine.containers().ok());
        let words = found.unwrap_or_default().into_iter().flat_map(|c| {
            let help = c.record.image_name.clone();
            let name = c.record.name.as_str().to_owned();
            [(name, help.clone()), (c.record.id.short().to_owned(), help)]
        });
        offered(typed, words)
    })
}

/// Completes names of images, short where they may be.
pub fn images() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let both = |engine: Engine| Some((engine.images().ok()?, engine.lists().ok()?));
        let (images, lists) = engine().and_then(both).unwrap_or_default();
        let words = images.into_iter().chain(lists).flat_map(|image| {
            let id = image.id.hex()[..12].to_owned();
            let names = image.names.into_iter().map(|name| (name, String::new()));
            names.chain([(id, String::new())]).collect::<Vec<_>>()
        });
        offered(typed, words)
    })
}

/// Completes names of artifacts.
pub fn artifacts() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let found = engine().and_then(|engine| engine.artifacts().ok());
        let words = found.unwrap_or_default().into_iter();
        offered(typed, words.map(|it| (it.name, String::new())))
    })
}

/// Completes names of volumes.
pub fn volumes() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let found = engine().and_then(|engine| engine.volumes().ok());
        let words = found.unwrap_or_default().into_iter();
        offered(
            typed,
            words.map(|volume| (volume.record.name.to_string(), String::new())),
        )
    })
}

/// Completes names of secrets.
pub fn secrets() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let found = engine().and_then(|engine| engine.secrets().ok());
        let words = found.unwrap_or_default().into_iter();
        offered(typed, words.map(|secret| (secret.name, String::new())))
    })
}

/// Completes names of networks.
pub fn networks() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let found = engine().and_then(|engine| engine.networks().ok());
        let words = found.unwrap_or_default().into_iter();
        offered(typed, words.map(|network| (network.name, String::new())))
    })
}

/// Completes names of both kinds.
pub fn objects() -> ArgValueCompleter {
    ArgValueCompleter::new(|typed: &OsStr| {
        let mut both = containers().complete(typed);
        both.extend(images().complete(typed));
        both
    })
}

/// Opens the store the words typed so far name.
fn engine() -> Option<Engine> {
    #[derive(Parser)]
    #[command(ignore_errors = true)]
    struct Front {
        #[command(flatten)]
        globals: Globals,
    }
    // Behind the shell's own words comes the command line as typed: `coracle -- coracle …`.
    let words: Vec<_> = std::env::args_os().collect();
    let start = words
        .iter()
        .position(|word| word == "--")
        .map_or(0, |at| at + 1);
    let front = Front::try_parse_from(&words[start.min(words.len())..]).ok()?;
    Engine::open(front.globals.settings().ok()?).ok()
}

fn offered(
    typed: &OsStr,
    words: impl Iterator<Item = (String, String)>,
) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else {
        return Vec::new();
    };
    // Shells split at white space and control characters: such a word cannot be offered.
    let plain = |word: &str| !word.contains(|c: char| c.is_whitespace() || c.is_control());
    words
        .filter(|(word, _)| word.starts_with(typed) && plain(word))
        .take(MAX_OFFERED)
        .map(|(word, help)| {
            let help = (!help.is_empty() && plain(&help)).then(|| help.into());
            CompletionCandidate::new(word).help(help)
        })
        .collect()
}
