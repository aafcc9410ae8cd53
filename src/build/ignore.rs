//! `.containerignore` and `.dockerignore`: what of a context a build does not see.
//!
//! Docker's rules (docs.docker.com, "Build context", "Syntax"): one pattern a line, `#` in the first
//! column is a comment, blanks around are cut, a slash in front means nothing, `!` takes back, the
//! last match wins. A pattern that matches a directory matches everything below it, and what lies
//! below an ignored directory may be taken back.

use std::sync::Arc;

use crate::build::glob::{Depth, Glob};
use crate::build::{Error, Fault, Place};

/// Bytes an ignore file may have (S-93).
pub const MAX_IGNORE_FILE: usize = 1 << 20;
/// Patterns it may have.
const MAX_PATTERNS: usize = 20_000;

/// The patterns of an ignore file, or of `--exclude`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ignore {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    /// `!`
    back: bool,
    shape: Shape,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    Glob(Glob),
    /// `**` in front and no other wildcard: any path that ends so, as Docker has it.
    Suffix(String),
}

/// Which patterns matched a directory, and so match what is below it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inherited(Vec<bool>);

/// Returns the names under which ignore files are looked for, the first that exists counts.
///
/// The first two lie beside the Containerfile, the others at the top of the context.
pub fn names_for(containerfile: &str) -> [String; 4] {
    [
        format!("{containerfile}.containerignore"),
        format!("{containerfile}.dockerignore"),
        ".containerignore".to_owned(),
        ".dockerignore".to_owned(),
    ]
}

impl Ignore {
    /// Reads an ignore file; `name` is how messages call it.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let file: Arc<str> = Arc::from(name);
        let whole = |what, limit| Fault::TooMuch { what, limit }.at(&Place::whole(&file), "");
        if bytes.len() > MAX_IGNORE_FILE {
            return Err(whole("the file", MAX_IGNORE_FILE));
        }
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut found = Self::default();
        for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            let line_number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let place = Place {
                file: file.clone(),
                line: line_number,
                last: line_number,
            };
            // What is no text names no file that we could compare it with.
            let text = String::from_utf8_lossy(line);
            if text.starts_with('#') {
                continue;
            }
            let added = found.add(text.trim());
            added.map_err(|fault| fault.at(&place, text.trim()))?;
            if found.rules.len() > MAX_PATTERNS {
                return Err(whole("the number of patterns", MAX_PATTERNS));
            }
        }
        Ok(found)
    }

    /// Reads the patterns of `COPY --exclude`.
    pub fn of_patterns(patterns: &[String]) -> Result<Self, Fault> {
        let mut found = Self::default();
        patterns.iter().try_for_each(|one| found.add(one.trim()))?;
        Ok(found)
    }

    /// Returns whether nothing is ignored.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Returns whether a path is ignored; relative to the context, with slashes.
    pub fn ignores(&self, path: &str) -> bool {
        let path = cleaned(path);
        if path == "." {
            return false;
        }
        let mut inherited = Inherited::default();
        let ends = path.match_indices('/').map(|(at, _)| at);
        for end in ends.filter(|end| *end > 0) {
            inherited = self.enter(&path[..end], &inherited).1;
        }
        self.enter(&path, &inherited).0
    }

    /// Returns whether a path is ignored, and what holds below it if it is a directory.
    ///
    /// `above` is what this returned for the directory around it, the default at the top; the path
    /// is clean. A walk costs one match a pattern and path.
    pub fn enter(&self, path: &str, above: &Inherited) -> (bool, Inherited) {
        let mut ignored = false;
        let mut matched = vec![false; self.rules.len()];
        for (at, rule) in self.rules.iter().enumerate() {
            let inherited = above.0.get(at).copied().unwrap_or(false);
            // A rule that could not change the outcome is not tried, and does not count below.
            if !inherited && (rule.back != ignored || !rule.matches(path)) {
                continue;
            }
            matched[at] = true;
            ignored = !rule.back;
        }
        (ignored, Inherited(matched))
    }

    /// Returns whether something below an ignored directory may be taken back.
    pub fn may_take_back_below(&self, directory: &str) -> bool {
        let mut back = self.rules.iter().filter(|rule| rule.back);
        back.any(|rule| match &rule.shape {
            Shape::Glob(glob) => glob.may_match_below(directory),
            Shape::Suffix(_) => true,
        })
    }

    fn add(&mut self, text: &str) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        let (back, pattern) = match text.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, text),
        };
        if pattern.is_empty() {
            return Err(Fault::Value {
                what: "pattern",
                value: text.to_owned(),
                reason: "takes nothing back".to_owned(),
            });
        }
        let pattern = cleaned(pattern);
        let pattern = match pattern.strip_prefix('/') {
            Some(rest) if !rest.is_empty() => rest,
            _ => &pattern,
        };
        let glob = Glob::parse(pattern, Depth::Deep)?;
        let plain = |rest: &&str| !Glob::is_one(rest);
        let shape = match pattern.strip_prefix("**").filter(plain) {
            Some(suffix) => Shape::Suffix(suffix.to_owned()),
            None => Shape::Glob(glob),
        };
        self.rules.push(Rule { back, shape });
        Ok(())
    }
}

impl Rule {
    fn matches(&self, path: &str) -> bool {
        match &self.shape {
            Shape::Glob(glob) => glob.matches(path),
            Shape::Suffix(suffix) => {
                path.ends_with(&**suffix) || suffix.strip_prefix('/') == Some(path)
            }
        }
    }
}

/// Go's filepath.Clean: no doubled slash, no `.`, `..` taken off where something stands before it.
fn cleaned(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            ".." if rooted => {}
            part => parts.push(part),
        }
    }
    match (rooted, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}
