//! Globs of paths: COPY's sources, ignore files, `--exclude`.
//!
//! Go's filepath.Match: `*` and `?` stop at a slash, `[a-z]` and `[^a-z]` are classes, `\` takes
//! the next character as it is. In ignore files also `**`: any number of directories. A search is
//! one pass over the path for all ways to read the pattern, never a backtrack (S-99).

use crate::build::Fault;

/// Bytes a pattern may have.
pub(super) const MAX_PATTERN: usize = 4096;

/// Whether `**` is more than two stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Each star stops at a slash.
    Flat,
    /// `**/` is any number of directories, `**` at the end is everything below.
    Deep,
}

/// A pattern that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    tokens: Vec<Token>,
    /// What every match begins and ends with.
    prefix: String,
    suffix: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Literal(char),
    /// `?`
    One,
    /// `*`
    Star,
    /// `**` in the middle: nothing, or [`Token::Within`].
    Directories,
    /// Anything that ends with a slash.
    Within,
    /// `**` at the end.
    Rest,
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
}

impl Glob {
    /// Returns whether a word has a wildcard at all.
    pub fn is_one(word: &str) -> bool {
        word.contains(['*', '?', '[', '\\'])
    }

    /// Reads a pattern.
    pub fn parse(pattern: &str, depth: Depth) -> Result<Self, Fault> {
        let bad = |reason: &str| Fault::Value {
            what: "pattern",
            value: pattern.to_owned(),
            reason: reason.to_owned(),
        };
        if pattern.len() > MAX_PATTERN {
            return Err(bad("is too long"));
        }
        let mut tokens = Vec::new();
        let mut rest = pattern.chars().peekable();
        while let Some(c) = rest.next() {
            let token = match c {
                '?' => Token::One,
                '*' if depth == Depth::Deep && rest.next_if_eq(&'*').is_some() => {
                    rest.next_if_eq(&'/');
                    match rest.peek() {
                        None => Token::Rest,
                        Some(_) => Token::Directories,
                    }
                }
                '*' => Token::Star,
                '[' => class(&mut rest).ok_or_else(|| bad("a class is not closed or empty"))?,
                '\\' => Token::Literal(rest.next().ok_or_else(|| bad("ends with a backslash"))?),
                c => Token::Literal(c),
            };
            let within = (token == Token::Directories).then_some(Token::Within);
            tokens.push(token);
            tokens.extend(within);
        }
        let literal = |token: &Token| match token {
            Token::Literal(c) => Some(*c),
            _ => None,
        };
        let prefix = tokens.iter().map_while(literal).collect();
        let mut suffix: Vec<char> = tokens.iter().rev().map_while(literal).collect();
        suffix.reverse();
        Ok(Self {
            prefix,
            suffix: suffix.into_iter().collect(),
            tokens,
        })
    }

    /// Returns whether the whole path matches.
    pub fn matches(&self, path: &str) -> bool {
        let whole = self.prefix.len() + self.suffix.len();
        if !path.starts_with(&*self.prefix) || !path.ends_with(&*self.suffix) {
            return false;
        }
        // A pattern without wildcards is its own prefix and suffix.
        if self.is_literal() {
            return path.len() == self.prefix.len();
        }
        whole <= path.len() && self.walk(path)
    }

    /// Returns whether the pattern names one path only.
    pub fn is_literal(&self) -> bool {
        self.tokens
            .iter()
            .all(|token| matches!(token, Token::Literal(_)))
    }

    /// Returns the directory every match lies below, without a slash at the end; empty: any.
    pub fn root(&self) -> &str {
        self.prefix.rsplit_once('/').map_or("", |(root, _)| root)
    }

    /// Returns whether something below this directory can match.
    pub fn may_match_below(&self, directory: &str) -> bool {
        let below = match directory {
            "" | "." => return true,
            directory => format!("{directory}/"),
        };
        below.starts_with(&*self.prefix) || self.prefix.starts_with(&*below)
    }

    /// Follows all places of the pattern at once.
    fn walk(&self, path: &str) -> bool {
        let count = self.tokens.len();
        let mut now = vec![false; count + 1];
        now[0] = true;
        self.slide(&mut now);
        for c in path.chars() {
            let mut next = vec![false; count + 1];
            let mut alive = false;
            for (at, token) in self.tokens.iter().enumerate().filter(|(at, _)| now[*at]) {
                let (stay, on) = match token {
                    Token::Literal(wanted) => (false, c == *wanted),
                    Token::One => (false, c != '/'),
                    Token::Star => (c != '/', false),
                    Token::Rest => (true, false),
                    Token::Directories => (false, false),
                    Token::Within => (true, c == '/'),
                    Token::Class { negated, ranges } => {
                        let among = ranges.iter().any(|(low, high)| (*low..=*high).contains(&c));
                        (false, among != *negated)
                    }
                };
                next[at] |= stay;
                next[at + 1] |= on;
                alive |= stay || on;
            }
            if !alive {
                return false;
            }
            self.slide(&mut next);
            now = next;
        }
        now[count]
    }

    /// Passes over what may match nothing.
    fn slide(&self, states: &mut [bool]) {
        for (at, token) in self.tokens.iter().enumerate() {
            if !states[at] {
                continue;
            }
            match token {
                Token::Star | Token::Rest => states[at + 1] = true,
                Token::Directories => states[at + 1..=at + 2].fill(true),
                _ => {}
            }
        }
    }
}

fn class(rest: &mut std::iter::Peekable<std::str::Chars>) -> Option<Token> {
    let negated = rest.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        if !ranges.is_empty() && rest.next_if_eq(&']').is_some() {
            return Some(Token::Class { negated, ranges });
        }
        let low = member(rest)?;
        let high = match rest.next_if_eq(&'-') {
            Some(_) => member(rest)?,
            None => low,
        };
        ranges.push((low, high));
    }
}

/// One character of a class: a bare `-` or `]` is a fault (filepath.Match).
fn member(rest: &mut std::iter::Peekable<std::str::Chars>) -> Option<char> {
    match rest.next()? {
        '-' | ']' => None,
        '\\' => rest.next(),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_patterns_are_those_of_gos_filepath() {
        for (pattern, path, matches) in [
            ("abc", "abc", true),
            ("abc", "abcd", false),
            ("*", "abc", true),
            ("*", "a/b", false),
            ("*c", "abc", true),
            ("a*", "a", true),
            ("a*/b", "abc/b", true),
            ("a*/b", "a/c/b", false),
            ("a*b*c*d*e*/f", "axbxcxdxexxx/f", true),
            ("a*b*c*d*e*/f", "axbxcxdxexxx/fff", false),
            ("a*b?c*x", "abxbbxdbxebxczzx", true),
            ("a*b?c*x", "abxbbxdbxebxczzy", false),
            ("ab[b-d]", "abc", true),
            ("ab[^b-d]", "abc", false),
            ("a\\*b", "a*b", true),
            ("a\\*b", "axb", false),
            ("a?b", "a☺b", true),
            ("a?b", "a/b", false),
            ("[a-ζ]*", "α", true),
            ("[\\]a]", "]", true),
            ("arr[[]0].txt", "arr[0].txt", true),
            ("**", "a/b", false),
            ("aa*a", "aa", false),
        ] {
            let glob = Glob::parse(pattern, Depth::Flat).expect(pattern);
            assert_eq!(glob.matches(path), matches, "{pattern} {path}");
        }
        for pattern in [
            "[", "[]a]", "[-]", "[x-]", "[-x]", "a\\", "[a-b-c]", "[^", "a[",
        ] {
            assert!(Glob::parse(pattern, Depth::Flat).is_err(), "{pattern}");
        }
    }

    #[test]
    fn a_search_knows_where_to_look() {
        let glob = |text| Glob::parse(text, Depth::Deep).expect("a pattern");
        assert_eq!(glob("a/b/*.c").root(), "a/b");
        assert_eq!(glob("*.c").root(), "");
        assert!(glob("a/b/*.c").may_match_below("a"));
        assert!(glob("a/b/*.c").may_match_below("a/b"));
        assert!(!glob("a/b/*.c").may_match_below("b"));
        assert!(glob("**/c").may_match_below("x/y"));
    }

    #[test]
    fn hostile_patterns_take_their_time_once() {
        let glob = Glob::parse(&"*a".repeat(1000), Depth::Flat).expect("a pattern");
        assert!(!glob.matches(&format!("{}b", "a".repeat(4000))));
        let deep = Glob::parse(&"**/a".repeat(500), Depth::Deep).expect("a pattern");
        assert!(!deep.matches(&"a/".repeat(1500)));
        assert!(Glob::parse(&"*".repeat(5000), Depth::Flat).is_err());
    }
}
