//! A logical line → instruction, flags and the rest; the rest → words or a JSON array.

use crate::build::Fault;

/// Returns the instruction's word and what follows it.
pub(super) fn instruction(text: &str) -> (&str, &str) {
    let text = text.trim();
    match text.split_once(blank) {
        Some((word, rest)) => (word, rest.trim_start_matches(blank)),
        None => (text, ""),
    }
}

/// The blanks of the format: line ends are gone by now, others are characters.
pub(super) fn blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{b}' | '\u{c}' | '\r')
}

/// Whether `<<` in this instruction opens a heredoc: in `ADD`, `COPY`, `RUN`, also behind ONBUILD,
/// and not in exec form.
pub(super) fn may_have_heredocs(text: &str, escape: char) -> bool {
    let (mut word, mut rest) = instruction(text);
    if word.eq_ignore_ascii_case("ONBUILD") {
        (word, rest) = instruction(rest);
    }
    let known = ["ADD", "COPY", "RUN"];
    let (_, arguments) = flags(rest, escape);
    known.iter().any(|name| word.eq_ignore_ascii_case(name))
        && !matches!(strings("", arguments), Ok(Some(_)))
}

/// Takes the words that begin with `--` off the front, quotes and escapes removed.
///
/// A word `--` ends them.
pub(super) fn flags(text: &str, escape: char) -> (Vec<String>, &str) {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while rest.starts_with("--") {
        let (word, after) = flag(rest, escape);
        rest = after;
        if word == "--" {
            break;
        }
        found.push(word);
        rest = rest.trim_start();
    }
    (found, rest.trim())
}

fn flag(text: &str, escape: char) -> (String, &str) {
    let mut word = String::new();
    let mut quote = None;
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match quote {
            None if c.is_whitespace() => return (word, &text[at..]),
            None if matches!(c, '\'' | '"') => quote = Some(c),
            Some(open) if c == open => quote = None,
            _ if c == escape => word.extend(characters.next().map(|(_, c)| c)),
            _ => word.push(c),
        }
    }
    (word, "")
}

/// Cuts at blanks outside of quotes; quotes and escapes stay for the expansion.
pub(super) fn quoted(text: &str, escape: char) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match quote {
            None if c.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                continue;
            }
            None if matches!(c, '\'' | '"') => quote = Some(c),
            Some(open) if c == open => quote = None,
            _ => {}
        }
        if c == escape && quote != Some('\'') {
            // An escape at the very end protects nothing and is dropped.
            if let Some(next) = characters.next() {
                word.extend([c, next]);
            }
            continue;
        }
        word.push(c);
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Cuts at blanks, whatever the quotes.
pub(super) fn plain(text: &str) -> Vec<String> {
    text.split(blank)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Reads a JSON array of strings; `None`: it is no JSON array, so a line for the shell.
pub(super) fn strings(instruction: &'static str, text: &str) -> Result<Option<Vec<String>>, Fault> {
    if !text.starts_with('[') {
        return Ok(None);
    }
    let Ok(values) = serde_json::from_str::<Vec<serde_json::Value>>(text) else {
        return Ok(None);
    };
    let words = values.into_iter().map(|value| match value {
        serde_json::Value::String(word) => Ok(word),
        _ => Err(Fault::NotStrings { instruction }),
    });
    words.collect::<Result<_, _>>().map(Some)
}

/// Reads `name=value …`, or the old form `name value`.
pub(super) fn pairs(
    instruction: &'static str,
    text: &str,
    escape: char,
) -> Result<Vec<(String, String)>, Fault> {
    let words = quoted(text, escape);
    let Some(first) = words.first() else {
        return Err(Fault::Arguments {
            instruction,
            wanted: "at least one argument",
        });
    };
    if !first.contains('=') {
        let Some((name, value)) = text.split_once(blank) else {
            return Err(Fault::Arguments {
                instruction,
                wanted: "a name and a value",
            });
        };
        let value = value.trim_start_matches(blank);
        return Ok(vec![(name.to_owned(), value.to_owned())]);
    }
    let pair = |word: &String| match word.split_once('=') {
        None => Err(Fault::NotPair { word: word.clone() }),
        Some(("", _)) => Err(Fault::Arguments {
            instruction,
            wanted: "a name before \"=\"",
        }),
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
    };
    words.iter().map(pair).collect()
}

/// A piece of a text that is cut into words.
pub(super) enum Piece<'a> {
    /// It is cut at its blanks.
    Loose(&'a str),
    /// It was quoted or protected.
    Whole(&'a str),
}

/// Words as they are gathered.
#[derive(Default)]
pub(super) struct Words {
    done: Vec<String>,
    word: String,
}

impl Words {
    pub fn add(&mut self, piece: Piece) {
        let text = match piece {
            Piece::Whole(text) => return self.word.push_str(text),
            Piece::Loose(text) => text,
        };
        for c in text.chars() {
            if !c.is_whitespace() {
                self.word.push(c);
            } else if !self.word.is_empty() {
                self.done.push(std::mem::take(&mut self.word));
            }
        }
    }

    pub fn finish(mut self) -> Vec<String> {
        if !self.word.is_empty() {
            self.done.push(self.word);
        }
        self.done
    }
}
