//! The `--name=value` words of an instruction.
//!
//! Each instruction takes those it knows; what is left is unknown, and no flag is ever ignored.

use crate::build::Fault;
use crate::types::nearest::nearest;

pub(super) struct Flags {
    /// Names and values; taken ones are gone.
    given: Vec<(String, Option<String>)>,
    known: Vec<&'static str>,
}

impl Flags {
    pub fn of(words: Vec<String>) -> Self {
        let split = |word: String| match word.split_once('=') {
            Some((name, value)) => (name[2..].to_owned(), Some(value.to_owned())),
            None => (word[2..].to_owned(), None),
        };
        Self {
            given: words.into_iter().map(split).collect(),
            known: Vec::new(),
        }
    }

    /// Takes every value of a flag that may be repeated.
    pub fn all(&mut self, name: &'static str) -> Result<Vec<String>, Fault> {
        self.take(name)
            .into_iter()
            .map(|value| value.ok_or_else(|| wrong(name, "missing a value")))
            .collect()
    }

    /// Takes the value of a flag.
    pub fn one(&mut self, name: &'static str) -> Result<Option<String>, Fault> {
        let mut values = self.all(name)?;
        match values.len() {
            0 | 1 => Ok(values.pop()),
            _ => Err(wrong(name, "given more than once")),
        }
    }

    /// Takes a flag that is true by being there.
    pub fn boolean(&mut self, name: &'static str) -> Result<Option<bool>, Fault> {
        let values = self.take(name);
        match &values[..] {
            [] => Ok(None),
            [None] => Ok(Some(true)),
            [Some(value)] => match &*value.to_ascii_lowercase() {
                "true" => Ok(Some(true)),
                "false" => Ok(Some(false)),
                "" => Err(wrong(name, "missing a value")),
                _ => Err(wrong(
                    name,
                    &format!("expecting true or false, not {value}"),
                )),
            },
            _ => Err(wrong(name, "given more than once")),
        }
    }

    fn take(&mut self, name: &'static str) -> Vec<Option<String>> {
        self.known.push(name);
        let (taken, rest) = std::mem::take(&mut self.given)
            .into_iter()
            .partition(|(given, _)| given == name);
        self.given = rest;
        let taken: Vec<(String, Option<String>)> = taken;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// Refuses what nobody took.
    pub fn finish(self) -> Result<(), Fault> {
        let Some((name, _)) = self.given.first() else {
            return Ok(());
        };
        let known = self.known.iter().map(|name| (*name).to_owned());
        Err(Fault::UnknownFlag {
            flag: format!("--{name}"),
            near: nearest(name, known).map(|name| format!("--{name}")),
        })
    }
}

fn wrong(name: &str, reason: &str) -> Fault {
    Fault::Flag {
        flag: format!("--{name}"),
        reason: reason.to_owned(),
    }
}
