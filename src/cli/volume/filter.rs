//! `--filter KEY=VALUE` over volumes: podman-volume-ls(1), podman-volume-prune(1).

use std::collections::BTreeMap;

use regex_lite::Regex;

use crate::cli::error::Error;
use crate::cli::list::filter::{bad, split};
use crate::cli::words::{boolean, duration};
use crate::engine::{Engine, Volume};
use crate::types::Timestamp;

enum Test {
    Name(Regex),
    Driver(String),
    Scope(String),
    Dangling(bool),
    Anonymous(bool),
    Label(String, Option<String>),
    NotLabel(String, Option<String>),
    Option(String, Option<String>),
    Since(Timestamp),
    Until(Timestamp),
}

/// All tests, by key: those of one key are alternatives, but for labels.
#[derive(Default)]
pub struct Filter(BTreeMap<String, Vec<Test>>);

impl Filter {
    /// Parses words; names of volumes are looked up here.
    pub fn parse(words: &[String], engine: &Engine) -> Result<Self, Error> {
        let mut tests: BTreeMap<String, Vec<Test>> = BTreeMap::new();
        for word in words {
            let (key, value) = split(word)?;
            let test = test(key, value, engine)?;
            tests.entry(key.to_owned()).or_default().push(test);
        }
        Ok(Self(tests))
    }

    pub fn passes(&self, volume: &Volume) -> bool {
        self.0.iter().all(|(key, tests)| {
            if matches!(key.as_str(), "label" | "label!") {
                tests.iter().all(|test| holds(test, volume))
            } else {
                tests.iter().any(|test| holds(test, volume))
            }
        })
    }
}

fn test(key: &str, value: &str, engine: &Engine) -> Result<Test, Error> {
    let truth = || boolean::parse(value).map_err(|why| bad(key, value, &why));
    let pair = || match value.split_once('=') {
        Some((name, wanted)) => (name.to_owned(), Some(wanted.to_owned())),
        None => (value.to_owned(), None),
    };
    Ok(match key {
        "name" => Test::Name(Regex::new(value).map_err(|why| bad(key, value, &why.to_string()))?),
        "driver" => Test::Driver(value.to_owned()),
        "scope" => Test::Scope(value.to_owned()),
        "dangling" => Test::Dangling(truth()?),
        "anonymous" => Test::Anonymous(truth()?),
        "label" => Test::Label(pair().0, pair().1),
        "label!" => Test::NotLabel(pair().0, pair().1),
        "opt" => Test::Option(pair().0, pair().1),
        "since" | "after" => Test::Since(engine.volume(value)?.record.created),
        "until" => Test::Until(
            duration::moment(value, Timestamp::now()).map_err(|why| bad(key, value, &why))?,
        ),
        _ => {
            return Err(Error::usage(
                "",
                format!("{key:?} is an invalid volume filter"),
            ));
        }
    })
}

fn holds(test: &Test, volume: &Volume) -> bool {
    let record = &volume.record;
    let has = |among: &BTreeMap<String, String>, name: &String, wanted: &Option<String>| {
        let found = among.get(name);
        found.is_some_and(|value| wanted.as_ref().is_none_or(|wanted| wanted == value))
    };
    match test {
        Test::Name(expression) => expression.is_match(record.name.as_str()),
        Test::Driver(name) => name == "local",
        Test::Scope(name) => name == "local",
        Test::Dangling(wanted) => volume.users.is_empty() == *wanted,
        Test::Anonymous(wanted) => record.anonymous == *wanted,
        Test::Label(name, wanted) => has(&record.labels, name, wanted),
        Test::NotLabel(name, wanted) => !has(&record.labels, name, wanted),
        Test::Option(name, wanted) => has(&record.options, name, wanted),
        Test::Since(moment) => record.created > *moment,
        Test::Until(moment) => record.created <= *moment,
    }
}
