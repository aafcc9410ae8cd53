//! `--filter KEY=VALUE` over networks: podman-network-ls(1), podman-network-prune(1).

use regex_lite::Regex;

use crate::cli::error::Error;
use crate::cli::words::filter::{Label, Tests, bad, moment, split, truth};
use crate::engine::Engine;
use crate::types::Timestamp;
use crate::types::network::{DEFAULT, NetworkRecord};

enum Test {
    Name(Regex),
    Id(Regex),
    Driver(String),
    Label(Label),
    NotLabel(Label),
    Until(Timestamp),
    Dangling(bool),
}

/// All tests, by key.
pub struct Filter(Tests<Test>);

impl Filter {
    pub fn parse(words: &[String]) -> Result<Self, Error> {
        let mut tests = Tests::default();
        for word in words {
            let (key, value) = split(word)?;
            tests.add(key, test(key, value)?);
        }
        Ok(Self(tests))
    }

    /// Whether a network passes; who is on it is looked up where it matters.
    pub fn passes(&self, engine: &Engine, network: &NetworkRecord) -> bool {
        self.0.pass(|test| holds(test, engine, network))
    }
}

fn test(key: &str, value: &str) -> Result<Test, Error> {
    let expression = || Regex::new(value).map_err(|why| bad(key, value, &why.to_string()));
    Ok(match key {
        "name" => Test::Name(expression()?),
        "id" => Test::Id(expression()?),
        "driver" => Test::Driver(value.to_owned()),
        "label" => Test::Label(Label::parse(value)),
        "label!" => Test::NotLabel(Label::parse(value)),
        "until" => Test::Until(moment(key, value)?),
        "dangling" => Test::Dangling(truth(key, value)?),
        _ => return Err(Error::usage("", format!("invalid filter {key:?}"))),
    })
}

fn holds(test: &Test, engine: &Engine, network: &NetworkRecord) -> bool {
    match test {
        Test::Name(expression) => expression.is_match(&network.name),
        Test::Id(expression) => expression.is_match(&network.id),
        Test::Driver(name) => *name == network.driver,
        Test::Label(label) => label.is_among(&network.labels),
        Test::NotLabel(label) => !label.is_among(&network.labels),
        Test::Until(moment) => network.created <= *moment,
        Test::Dangling(wanted) => {
            let used = engine
                .containers_on(&network.name)
                .is_ok_and(|all| !all.is_empty());
            (!used && network.name != DEFAULT) == *wanted
        }
    }
}
