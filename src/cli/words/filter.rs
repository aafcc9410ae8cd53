//! `--filter KEY=VALUE`, whatever the objects: of several values of one key one must hold, of
//! labels and of what is excluded (`KEY!=VALUE`) all; different keys must all hold.

use std::collections::BTreeMap;

use crate::cli::error::Error;
use crate::cli::words::{boolean, duration};
use crate::types::Timestamp;

/// The tests of a command's filters, by key.
#[derive(Debug)]
pub struct Tests<T>(BTreeMap<String, Vec<T>>);

impl<T> Default for Tests<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Tests<T> {
    /// Adds a test under its key.
    pub fn add(&mut self, key: &str, test: T) {
        self.0.entry(key.to_owned()).or_default().push(test);
    }

    /// Whether an object passes, of which `holds` tells what is true.
    pub fn pass(&self, holds: impl Fn(&T) -> bool) -> bool {
        self.0.iter().all(|(key, tests)| {
            if key == "label" || key.ends_with('!') {
                tests.iter().all(&holds)
            } else {
                tests.iter().any(&holds)
            }
        })
    }

    /// The tests of one key; none at all when it was not asked for.
    pub fn of(&self, key: &str) -> &[T] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }
}

/// A label that must be there, with this value if one is given.
#[derive(Debug)]
pub struct Label {
    name: String,
    value: Option<String>,
}

impl Label {
    pub fn parse(word: &str) -> Self {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (word, None),
        };
        Self {
            name: name.to_owned(),
            value,
        }
    }

    pub fn is_among(&self, labels: &BTreeMap<String, String>) -> bool {
        let found = labels.get(&self.name);
        found.is_some_and(|found| self.value.as_ref().is_none_or(|value| value == found))
    }
}

/// Splits at the first `=`; `label!=x` keeps its exclamation mark with the key.
pub fn split(word: &str) -> Result<(&str, &str), Error> {
    word.split_once('=').ok_or_else(|| {
        Error::usage(
            format!("--filter \"{word}\""),
            "is not of the form key=value",
        )
    })
}

/// Returns the refusal of a filter's value.
pub fn bad(key: &str, value: &str, why: &str) -> Error {
    Error::usage(format!("--filter \"{key}={value}\""), why)
}

/// Reads a value that is true or false.
pub fn truth(key: &str, value: &str) -> Result<bool, Error> {
    boolean::parse(value).map_err(|why| bad(key, value, &why))
}

/// Reads a value that is a moment.
pub fn moment(key: &str, value: &str) -> Result<Timestamp, Error> {
    duration::moment(value, Timestamp::now()).map_err(|why| bad(key, value, &why))
}
