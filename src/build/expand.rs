//! Variables and quotes in a word: `$x`, `${x}` and its modifiers.
//!
//! Dockerfile reference, "Environment replacement". As BuildKit does it: the word after a modifier
//! is read whether it is needed or not, a pattern's `*` does not cross a line's end, and what
//! follows `\` in double quotes is only taken literally for `"`, `$` and the escape character.

use crate::build::pattern::Pattern;
use crate::build::words::{Piece, Words};
use crate::build::{Fault, MAX_DEPTH, MAX_EXPANSION};

/// Finds the value of a variable.
pub(super) type Lookup<'a> = &'a mut dyn FnMut(&str) -> Option<String>;

/// What becomes of quotes.
#[derive(Debug, Clone, std::marker::Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// They group, and are gone afterwards.
    Strip,
    /// They group and stay.
    Keep,
    /// They are characters as any other: contents of files.
    Ignore,
}

/// How a text is read.
#[derive(Debug, Clone, std::marker::Copy)]
pub(super) struct Manner {
    pub escape: char,
    pub quotes: Quotes,
    /// Escape characters stay.
    pub raw_escapes: bool,
    /// What names a variable without a value stays as it is.
    pub keep_unset: bool,
}

impl Manner {
    /// The manner of instructions.
    pub fn of(escape: char) -> Self {
        Self {
            escape,
            quotes: Quotes::Strip,
            raw_escapes: false,
            keep_unset: false,
        }
    }
}

/// Returns the text with its variables replaced.
pub(super) fn expand(text: &str, manner: Manner, lookup: Lookup) -> Result<String, Fault> {
    let mut lexer = Lexer::new(text, manner, lookup);
    lexer.until(None, manner.raw_escapes)
}

/// Returns the words a text becomes; values of variables are cut at their blanks too.
pub(super) fn words(text: &str, manner: Manner, lookup: Lookup) -> Result<Vec<String>, Fault> {
    let mut lexer = Lexer::new(text, manner, lookup);
    let mut words = Words::default();
    lexer.gather(None, manner.raw_escapes, &mut |piece| words.add(piece))?;
    Ok(words.finish())
}

struct Lexer<'a, 'l> {
    rest: &'a str,
    manner: Manner,
    raw_escapes: bool,
    lookup: Lookup<'l>,
    depth: usize,
    limit: usize,
}

fn bad(reason: impl Into<String>) -> Fault {
    Fault::Substitution {
        reason: reason.into(),
    }
}

impl<'a, 'l> Lexer<'a, 'l> {
    fn new(text: &'a str, manner: Manner, lookup: Lookup<'l>) -> Self {
        Self {
            rest: text,
            manner,
            raw_escapes: manner.raw_escapes,
            lookup,
            depth: 0,
            limit: MAX_EXPANSION + text.len(),
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let c = characters.next();
        self.rest = characters.as_str();
        c
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        self.take(end)
    }

    /// Returns what is read up to the stop character, or the end where there is none.
    fn until(&mut self, stop: Option<char>, raw_escapes: bool) -> Result<String, Fault> {
        let mut made = String::new();
        self.gather(stop, raw_escapes, &mut |piece| match piece {
            Piece::Loose(text) | Piece::Whole(text) => made.push_str(text),
        })?;
        Ok(made)
    }

    /// Hands on piece by piece what is read up to the stop character.
    fn gather(
        &mut self,
        stop: Option<char>,
        raw_escapes: bool,
        sink: &mut dyn FnMut(Piece),
    ) -> Result<(), Fault> {
        let before = std::mem::replace(&mut self.raw_escapes, raw_escapes);
        let mut made = 0;
        while let Some(c) = self.peek() {
            if Some(c) == stop {
                self.next();
                self.raw_escapes = before;
                return Ok(());
            }
            let quotes = self.manner.quotes != Quotes::Ignore;
            let piece = match c {
                '$' => {
                    let value = self.dollar()?;
                    made = self.counted(made, &value)?;
                    sink(Piece::Loose(&value));
                    continue;
                }
                '<' => self.arrows(),
                '\'' if quotes => self.single_quoted()?,
                '"' if quotes => self.double_quoted()?,
                c if c == self.manner.escape => match self.escaped() {
                    Some(piece) => piece,
                    None => break,
                },
                _ => {
                    let plain = self.plain_run(stop);
                    made = self.counted(made, plain)?;
                    sink(Piece::Loose(plain));
                    continue;
                }
            };
            made = self.counted(made, &piece)?;
            sink(Piece::Whole(&piece));
        }
        match stop {
            None => Ok(()),
            Some(stop) => Err(bad(format!("missing '{stop}'"))),
        }
    }

    /// Takes what has no meaning here: at least one character, for a quote may be such a one.
    fn plain_run(&mut self, stop: Option<char>) -> &'a str {
        let escape = self.manner.escape;
        let special = |c| matches!(c, '$' | '<' | '\'' | '"') || c == escape || Some(c) == stop;
        match self.peek() {
            Some(c) if special(c) => self.take(c.len_utf8()),
            _ => self.take_while(|c| !special(c)),
        }
    }

    fn counted(&self, made: usize, piece: &str) -> Result<usize, Fault> {
        match made + piece.len() {
            all if all <= self.limit => Ok(all),
            _ => Err(Fault::TooMuch {
                what: "the value after substitution",
                limit: MAX_EXPANSION,
            }),
        }
    }

    /// The escape character and what it protects; an escape at the very end is dropped.
    fn escaped(&mut self) -> Option<String> {
        let escape = self.next()?;
        let mut piece = String::new();
        if self.raw_escapes {
            piece.push(escape);
        }
        piece.extend(self.next());
        (!piece.is_empty()).then_some(piece)
    }

    /// `<<` keeps the blanks behind it: they belong to a heredoc's word.
    fn arrows(&mut self) -> String {
        self.next();
        if self.peek() != Some('<') {
            return "<".to_owned();
        }
        self.next();
        let blanks = self.take_while(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
        format!("<<{blanks}")
    }

    fn single_quoted(&mut self) -> Result<String, Fault> {
        self.next();
        let inner = self.take_while(|c| c != '\'');
        if self.next().is_none() {
            return Err(bad("a single quote is not closed"));
        }
        Ok(match self.manner.quotes {
            Quotes::Keep => format!("'{inner}'"),
            _ => inner.to_owned(),
        })
    }

    fn double_quoted(&mut self) -> Result<String, Fault> {
        let keep = self.manner.quotes == Quotes::Keep;
        let mut made = String::new();
        self.next();
        if keep {
            made.push('"');
        }
        loop {
            self.counted(0, &made)?;
            match self.peek() {
                None => return Err(bad("a double quote is not closed")),
                Some('"') => {
                    self.next();
                    if keep {
                        made.push('"');
                    }
                    return Ok(made);
                }
                Some('$') => made.push_str(&self.dollar()?),
                Some(c) if c != self.manner.escape => made.push_str(self.plain_run(None)),
                Some(c) => {
                    self.next();
                    if self.raw_escapes {
                        made.push(c);
                    }
                    match self.peek() {
                        None => {}
                        Some(next) if matches!(next, '"' | '$') || next == self.manner.escape => {
                            self.next();
                            made.push(next);
                        }
                        Some(_) => made.push(c),
                    }
                }
            }
        }
    }

    fn dollar(&mut self) -> Result<String, Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::TooMuch {
                what: "the nesting of substitutions",
                limit: MAX_DEPTH,
            });
        }
        self.next();
        let value = match self.peek() {
            Some('{') => {
                self.next();
                self.braced()
            }
            _ => Ok(self.plain()),
        };
        self.depth -= 1;
        value
    }

    /// `$name`
    fn plain(&mut self) -> String {
        let name = self.name();
        if name.is_empty() {
            return "$".to_owned();
        }
        match (self.lookup)(name) {
            Some(value) => value,
            None if self.manner.keep_unset => format!("${name}"),
            None => String::new(),
        }
    }

    /// What follows `${`.
    fn braced(&mut self) -> Result<String, Fault> {
        match self.peek() {
            None => return Err(bad("missing '}'")),
            Some('{' | '}' | ':') => return Err(bad("bad substitution")),
            Some(_) => {}
        }
        let name = self.name();
        let modifier = self.next().ok_or_else(|| bad("missing '}'"))?;
        match modifier {
            '}' => {
                let value = (self.lookup)(name);
                let unset = || match self.manner.keep_unset {
                    true => format!("${{{name}}}"),
                    false => String::new(),
                };
                Ok(value.unwrap_or_else(unset))
            }
            ':' => {
                let kind = self.next().ok_or_else(|| bad("missing '}'"))?;
                if !matches!(kind, '-' | '+' | '?') {
                    return Err(bad(format!("unsupported modifier (:{kind})")));
                }
                self.choice(name, kind, true)
            }
            '-' | '+' | '?' => self.choice(name, modifier, false),
            '#' | '%' => self.trimmed(name, modifier),
            '/' => self.replaced(name),
            other => Err(bad(format!("unsupported modifier ({other})"))),
        }
    }

    /// `-`, `+` and `?`; with a colon an empty value is none.
    fn choice(&mut self, name: &str, kind: char, colon: bool) -> Result<String, Fault> {
        let word = self.until(Some('}'), false)?;
        let value = (self.lookup)(name);
        if value.is_none() && self.manner.keep_unset {
            let colon = if colon { ":" } else { "" };
            return Ok(format!("${{{name}{colon}{kind}{word}}}"));
        }
        let unset = value.is_none();
        let value = value.filter(|value| !(colon && value.is_empty()));
        match (kind, value) {
            ('-', value) => Ok(value.unwrap_or(word)),
            ('+', Some(_)) => Ok(word),
            ('+', None) => Ok(String::new()),
            (_, Some(value)) => Ok(value),
            (_, None) => {
                let standard = match unset {
                    true => "is not allowed to be unset",
                    false => "is not allowed to be empty",
                };
                let message = match word.is_empty() {
                    true => standard.to_owned(),
                    false => word,
                };
                let name = name.to_owned();
                Err(Fault::Required { name, message })
            }
        }
    }

    /// `#`, `##`, `%` and `%%`: without the begin or the end that matches.
    fn trimmed(&mut self, name: &str, end: char) -> Result<String, Fault> {
        let word = self.until(Some('}'), true)?;
        let Some(value) = (self.lookup)(name) else {
            return Ok(match self.manner.keep_unset {
                true => format!("${{{name}{end}{word}}}"),
                false => String::new(),
            });
        };
        let (pattern, longest) = match word.strip_prefix(end) {
            Some(pattern) => (pattern, true),
            None => (&*word, false),
        };
        match end {
            '#' => Pattern::prefix(pattern, longest)?.without_prefix(&value),
            _ => Pattern::suffix(pattern, longest)?.without_suffix(&value),
        }
    }

    /// `/` and `//`: the first or every match replaced.
    fn replaced(&mut self, name: &str) -> Result<String, Fault> {
        let all = self.peek() == Some('/');
        if all {
            self.next();
        }
        let pattern = self.until(Some('/'), true)?;
        let replacement = self.until(Some('}'), true)?;
        match (self.lookup)(name) {
            Some(value) => Pattern::anywhere(&pattern)?.replaced(&value, &replacement, all),
            None if self.manner.keep_unset => Ok(format!("${{{name}/{pattern}/{replacement}}}")),
            None => Ok(String::new()),
        }
    }

    /// A name, a number, or one of the shell's special parameters.
    fn name(&mut self) -> &'a str {
        match self.peek() {
            Some(c) if c.is_numeric() => self.take_while(char::is_numeric),
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => self.take(1),
            _ => self.take_while(|c| c.is_alphanumeric() || c == '_'),
        }
    }
}
