//! `--filter KEY=VALUE` over volumes: podman-volume-ls(1), podman-volume-prune(1).

use regex_lite::Regex;

use crate::cli::error::Error;
use crate::cli::words::filter::{Label, Tests, bad, moment, split, truth};
use crate::engine::{Engine, Volume};
use crate::types::Timestamp;

enum Test {
    Name(Regex),
    Driver(String),
    Scope(String),
    Dangling(bool),
    Anonymous(bool),
    Label(Label),
    NotLabel(Label),
    Option(Label),
    Since(Timestamp),
    Until(Timestamp),
}

/// All tests, by key.
pub struct Filter(Tests<Test>);

impl Filter {
    /// Parses words; names of volumes are looked up here.
    pub fn parse(words: &[String], engine: &Engine) -> Result<Self, Error> {
        let mut tests = Tests::default();
        for word in words {
            let (key, value) = split(word)?;
            tests.add(key, test(key, value, engine)?);
        }
        Ok(Self(tests))
    }

    pub fn passes(&self, volume: &Volume) -> bool {
        self.0.pass(|test| holds(test, volume))
    }
}

fn test(key: &str, value: &str, engine: &Engine) -> Result<Test, Error> {
    Ok(match key {
        "name" => Test::Name(Regex::new(value).map_err(|why| bad(key, value, &why.to_string()))?),
        "driver" => Test::Driver(value.to_owned()),
        "scope" => Test::Scope(value.to_owned()),
        "dangling" => Test::Dangling(truth(key, value)?),
        "anonymous" => Test::Anonymous(truth(key, value)?),
        "label" => Test::Label(Label::parse(value)),
        "label!" => Test::NotLabel(Label::parse(value)),
        "opt" => Test::Option(Label::parse(value)),
        "since" | "after" => Test::Since(engine.volume(value)?.record.created),
        "until" => Test::Until(moment(key, value)?),
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
    match test {
        Test::Name(expression) => expression.is_match(record.name.as_str()),
        Test::Driver(name) => name == "local",
        Test::Scope(name) => name == "local",
        Test::Dangling(wanted) => volume.users.is_empty() == *wanted,
        Test::Anonymous(wanted) => record.anonymous == *wanted,
        Test::Label(label) => label.is_among(&record.labels),
        Test::NotLabel(label) => !label.is_among(&record.labels),
        Test::Option(option) => option.is_among(&record.options),
        Test::Since(moment) => record.created > *moment,
        Test::Until(moment) => record.created <= *moment,
    }
}
