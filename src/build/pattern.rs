//! Shell patterns of `${x#p}`, `${x%p}` and `${x/p/r}`: `*` and `?`, no brackets.
//!
//! They become regular expressions of a library whose time is linear, because patterns and values
//! are strangers' and a backtracking matcher would hang (S-99).

use regex_lite::{NoExpand, Regex};

use crate::build::{Fault, MAX_EXPANSION};

/// Product of the pattern's and the value's bytes: the work of one search.
const MAX_WORK: usize = 1 << 24;

pub(super) struct Pattern {
    expression: Regex,
    length: usize,
}

impl Pattern {
    /// Matches at the begin of a value.
    pub fn prefix(pattern: &str, longest: bool) -> Result<Self, Fault> {
        Self::of(pattern, longest, true)
    }

    /// Matches at the end of a value: both are turned round, for a search knows only forward.
    pub fn suffix(pattern: &str, longest: bool) -> Result<Self, Fault> {
        Self::of(&reversed(pattern), longest, true)
    }

    /// Matches anywhere, as much as it can.
    pub fn anywhere(pattern: &str) -> Result<Self, Fault> {
        Self::of(pattern, true, false)
    }

    fn of(pattern: &str, longest: bool, anchored: bool) -> Result<Self, Fault> {
        let bad = |reason: String| Fault::Substitution {
            reason: format!("invalid pattern ({pattern}): {reason}"),
        };
        let mut text = String::from(if anchored { "^" } else { "" });
        let mut characters = pattern.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '*' => text.push_str(if longest { ".*" } else { ".*?" }),
                '?' => text.push('.'),
                // These end the pattern; the backslash is not part of it.
                '\\' if matches!(characters.peek(), Some('}' | '/')) => {}
                '\\' => match characters.next() {
                    Some(c @ ('*' | '?' | '\\')) => text.extend(['\\', c]),
                    Some(c) => return Err(bad(format!("invalid escape '\\{c}'"))),
                    None => return Err(bad("it ends with a backslash".into())),
                },
                c => text.push_str(&regex_lite::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
        let expression = Regex::new(&text).map_err(|error| bad(error.to_string()))?;
        Ok(Self {
            expression,
            length: text.len(),
        })
    }

    pub fn without_prefix(&self, value: &str) -> Result<String, Fault> {
        self.affordable(value)?;
        let end = self.expression.find(value).map_or(0, |found| found.end());
        Ok(value[end..].to_owned())
    }

    pub fn without_suffix(&self, value: &str) -> Result<String, Fault> {
        let backwards: String = value.chars().rev().collect();
        let trimmed = self.without_prefix(&backwards)?;
        Ok(trimmed.chars().rev().collect())
    }

    pub fn replaced(&self, value: &str, by: &str, all: bool) -> Result<String, Fault> {
        self.affordable(value)?;
        if !all {
            return Ok(self.expression.replace(value, NoExpand(by)).into_owned());
        }
        let mut made = String::new();
        let mut end = 0;
        for found in self.expression.find_iter(value) {
            made.push_str(&value[end..found.start()]);
            made.push_str(by);
            end = found.end();
            if made.len() > MAX_EXPANSION {
                return Err(Fault::TooMuch {
                    what: "the value after substitution",
                    limit: MAX_EXPANSION,
                });
            }
        }
        made.push_str(&value[end..]);
        Ok(made)
    }

    fn affordable(&self, value: &str) -> Result<(), Fault> {
        match self.length.saturating_mul(value.len()) {
            0..=MAX_WORK => Ok(()),
            _ => Err(Fault::TooMuch {
                what: "the value for a pattern",
                limit: MAX_WORK,
            }),
        }
    }
}

/// Turns a pattern round, escapes kept before what they protect.
fn reversed(pattern: &str) -> String {
    let mut pieces = Vec::new();
    let mut characters = pattern.chars();
    while let Some(c) = characters.next() {
        let next = match c {
            '\\' => characters.next(),
            _ => None,
        };
        pieces.push((c, next));
    }
    let mut made = String::with_capacity(pattern.len());
    for (c, next) in pieces.into_iter().rev() {
        made.push(c);
        made.extend(next);
    }
    made
}
